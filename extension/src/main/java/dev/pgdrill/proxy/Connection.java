package dev.pgdrill.proxy;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A client, the server that it is connected to, and the two streams between them. */
final class Connection {
  private final long id;
  private final Acceptor acceptor;
  private final Channel client;
  private final Set<Direction> finished = EnumSet.noneOf(Direction.class);
  private volatile Channel server;
  private volatile Stream upstream;
  private volatile Stream downstream;
  private PgSession session;

  Connection(long id, Acceptor acceptor, Channel client) {
    this.id = id;
    this.acceptor = acceptor;
    this.client = client;
    client.closeFuture().addListener(future -> closed());
  }

  EventLoop eventLoop() {
    return client.eventLoop();
  }

  Traffic traffic() {
    return acceptor.traffic();
  }

  /** Ties the client to a server that has just been connected on the same event loop. */
  void establish(Channel connected) {
    server = connected;
    server.closeFuture().addListener(future -> closed());
    if (!client.isActive()) {
      close();
      return;
    }
    upstream = new Stream(this, Direction.UPSTREAM, client, server);
    downstream = new Stream(this, Direction.DOWNSTREAM, server, client);
    session = new PgSession(this, upstream, downstream);
    client.pipeline().addLast(new RelayHandler(upstream, downstream));
    server.pipeline().addLast(new RelayHandler(downstream, upstream));
    sync(acceptor.toxics());
    upstream.start();
    downstream.start();
  }

  /** Brings the toxics at work in line with those that are set on the proxy. */
  void sync(List<ToxicSpec> toxics) {
    if (session != null && !isClosed()) {
      session.sync(toxics);
      upstream.sync(toxics);
      downstream.sync(toxics);
    }
  }

  /** One direction has come to its end, and the receiver has been told. */
  void finished(Direction direction) {
    finished.add(direction);
    if (finished.size() == Direction.values().length) {
      close();
    }
  }

  /** Closes both ends at once; what has not been written to them is lost. */
  void close() {
    Sockets.close(client);
    if (server != null) {
      Sockets.close(server);
    }
  }

  /** Closes both ends at once with a TCP reset. */
  void reset() {
    Sockets.reset(client);
    if (server != null) {
      Sockets.reset(server);
    }
  }

  /** Resets the client; the server sees an end, after all that was on its way to it. */
  void cut() {
    Sockets.reset(client);
    upstream.closeWhenPassed();
  }

  void report(ProxyEvent.Kind kind, String detail) {
    acceptor.report(kind, id, detail);
  }

  /** Bytes in memory on their way, both directions; may be called from any thread. */
  long buffered() {
    Stream up = upstream;
    Stream down = downstream;
    return (up == null ? 0 : up.buffered()) + (down == null ? 0 : down.buffered());
  }

  private boolean isClosed() {
    return !client.isOpen() && (server == null || !server.isOpen());
  }

  private void closed() {
    if (isClosed() && acceptor.forget(this) && session != null) {
      upstream.discard();
      downstream.discard();
    }
  }
}
