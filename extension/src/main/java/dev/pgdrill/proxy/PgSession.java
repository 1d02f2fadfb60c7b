package dev.pgdrill.proxy;

import java.util.List;

/**
 * What the proxy knows of one PostgreSQL session. It is followed from the first byte whether or not
 * a toxic needs it, because a toxic that comes later must know statements prepared before. That
 * costs a look at each message's header; streams that are encrypted or speak something else are
 * left alone as soon as that shows.
 */
final class PgSession {
  private enum State {
    READABLE,
    ENCRYPTED,
    FOREIGN,
    CANCEL
  }

  private final Connection connection;
  private final PgRules rules;
  private final PgFramer fromClient;
  private final PgFramer fromServer;
  private final PgGate clientGate;
  private final PgGate serverGate;
  private State state = State.READABLE;
  private boolean clientSpoke;
  private int readyOwed;
  private char lastCycle;

  PgSession(Connection connection, Stream upstream, Stream downstream) {
    this.connection = connection;
    rules = new PgRules(connection);
    PgFrontend frontend = new PgFrontend(this);
    PgBackend backend = new PgBackend(this);
    fromClient = new PgFramer(PgFramer.Mode.STARTUP, frontend);
    fromServer = new PgFramer(PgFramer.Mode.MESSAGES, backend);
    clientGate = new PgGate(upstream, fromClient, frontend);
    serverGate = new PgGate(downstream, fromServer, backend);
    upstream.use(clientGate);
    downstream.use(serverGate);
  }

  PgRules rules() {
    return rules;
  }

  /** Brings the rules in line with the toxics that are set on the proxy. */
  void sync(List<ToxicSpec> toxics) {
    if (rules.sync(toxics)) {
      clientGate.resume();
      serverGate.resume();
    }
    reportBlindness();
  }

  boolean clientSpoke() {
    return clientSpoke;
  }

  /** The client asked for encryption: the server answers with one byte. */
  void negotiates() {
    clientSpoke = true;
    fromServer.mode(PgFramer.Mode.NEGOTIATION);
  }

  /** The client sent its StartupMessage; the first ReadyForQuery comes unasked. */
  void begins() {
    clientSpoke = true;
    fromClient.mode(PgFramer.Mode.MESSAGES);
    fromServer.mode(PgFramer.Mode.MESSAGES);
    readyOwed = 1;
  }

  /** How many ReadyForQuery the server owes. */
  int readyOwed() {
    return readyOwed;
  }

  /** The client sent a message of this type, which the server ends with a ReadyForQuery. */
  void owesReady(char type) {
    readyOwed++;
    lastCycle = type;
  }

  void gotReady() {
    readyOwed = Math.max(0, readyOwed - 1);
  }

  /** While it copies in, the server ignores the Sync that followed the Execute. */
  void copiesIn() {
    if (lastCycle == 'S') {
      gotReady();
    }
  }

  void encrypted() {
    become(State.ENCRYPTED);
  }

  void foreign() {
    become(State.FOREIGN);
  }

  /** A connection that only cancels a query: there is nothing to match, and no wrong in that. */
  void cancels() {
    become(State.CANCEL);
  }

  private void become(State opaque) {
    if (state != State.READABLE) {
      return;
    }
    state = opaque;
    fromClient.mode(PgFramer.Mode.OPAQUE);
    fromServer.mode(PgFramer.Mode.OPAQUE);
    clientGate.open();
    serverGate.open();
    reportBlindness();
  }

  private void reportBlindness() {
    if (state == State.ENCRYPTED) {
      rules.blind("the connection is encrypted");
    } else if (state == State.FOREIGN) {
      rules.blind("the connection does not speak PostgreSQL's protocol 3");
    }
  }

  void cut() {
    connection.cut();
  }
}
