package dev.pgdrill.cluster;

import dev.pgdrill.history.Journal;
import dev.pgdrill.history.Kind;
import dev.pgdrill.topology.Endpoint;
import dev.pgdrill.topology.Lsn;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One PostgreSQL server. Its name stays, its role may change. */
public final class Node {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration PROMOTED_WITHIN = Duration.ofSeconds(30);
  private static final Duration REPLAYED_WITHIN = Duration.ofSeconds(30);
  private static final Duration REFUSED_WITHIN = Duration.ofSeconds(10);
  private static final Duration TOOL_DEADLINE = Duration.ofSeconds(60);
  private static final int CONNECT_PROBE_MILLIS = 1_000;

  private final String name;
  private final ServerControl control;
  private final Access access;
  private final Journal journal;
  private volatile Optional<String> fencedBecause = Optional.empty();

  Node(String name, ServerControl control, Access access, Journal journal) {
    this.name = name;
    this.control = control;
    this.access = access;
    this.journal = journal;
  }

  /** {@code pg1}, {@code pg2}, ... */
  public String name() {
    return name;
  }

  /** Where the test and its clients reach this server. */
  public Endpoint endpoint() {
    return control.endpoint();
  }

  /** A superuser's connection to the clients' database, straight to the server. */
  public Sql admin() throws SQLException {
    return Sql.connect(endpoint(), access.database(), access.admin());
  }

  /** The single value that a superuser's query gives, as text. */
  public String query(String sql) {
    return new Superuser(name, this::admin).query(sql);
  }

  /** Runs commands as a superuser, one after the other, each in a transaction of its own. */
  public void run(String... commands) {
    new Superuser(name, this::admin).run(commands);
  }

  public boolean isRunning() {
    return control.isRunning();
  }

  /** Whether the server is up and not in recovery. A server that does not answer is not primary. */
  public boolean isPrimary() {
    if (!isRunning()) {
      return false;
    }
    try (var sql = admin()) {
      return sql.text("select pg_is_in_recovery()").equals("f");
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Starts the server and waits until it answers a query.
   *
   * @throws IllegalStateException if it is fenced
   */
  public void start() {
    fencedBecause.ifPresent(
        reason -> {
          throw new IllegalStateException("%s is fenced: %s".formatted(name, reason));
        });
    control.start();
    awaitReady();
    journal.note(Kind.FAULT_HEALED, name, Map.of("fault", "down"));
  }

  /** Waits until a query succeeds; ends at once when the process has ended. */
  public void awaitReady() {
    Readiness.await(
        name,
        READY_WITHIN,
        control::epitaph,
        () -> Sql.connect(endpoint(), "postgres", access.admin()));
  }

  /** Shuts the server down; clients are disconnected. */
  public void stop(StopMode mode) {
    down("stop." + mode.name().toLowerCase(java.util.Locale.ROOT), () -> control.stop(mode));
  }

  /** SIGKILL to the server and all its processes, as the out-of-memory killer or a crash does. */
  public void kill() {
    down("kill", control::kill);
  }

  private void down(String fault, Runnable how) {
    if (!isRunning()) {
      throw new IllegalStateException(
          "%s is down already: %s would prove nothing".formatted(name, fault));
    }
    journal.note(Kind.FAULT_REQUESTED, name, Map.of("fault", fault));
    how.run();
    Await.until("connections to " + name + " refused", REFUSED_WITHIN, this::refused);
    journal.note(Kind.FAULT_EFFECTIVE, name, Map.of("fault", fault));
  }

  private Progress<Boolean> refused() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(endpoint().host(), endpoint().port()), CONNECT_PROBE_MILLIS);
      return Progress.pending("a connection was accepted");
    } catch (ConnectException e) {
      return Progress.done(true);
    }
  }

  /** Makes sure that the server is down and stays down: {@link #start} refuses from now on. */
  void fence(String reason) {
    if (isRunning()) {
      kill();
    }
    fencedBecause = Optional.of(reason);
  }

  /** Ends recovery and waits until the server accepts writes. */
  void promote() {
    run("select pg_promote(false)");
    Await.until(
        name + " promoted", PROMOTED_WITHIN, () -> Progress.when(isPrimary(), "still in recovery"));
  }

  /** The end of WAL: written, on a primary; replayed, on a standby. */
  public Lsn walPosition() {
    return Lsn.parse(
        query(
            "select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()"
                + " else pg_current_wal_lsn() end"));
  }

  /** The end of what a standby has received, replayed or not. */
  Lsn receivedPosition() {
    return Lsn.parse(
        query(
            "select greatest(coalesce(pg_last_wal_receive_lsn(), '0/0'),"
                + " coalesce(pg_last_wal_replay_lsn(), '0/0'))"));
  }

  /** Waits until this standby has replayed all up to {@code target}. */
  public void awaitReplayed(Lsn target) {
    Await.until(
        "%s having replayed %s".formatted(name, target),
        REPLAYED_WITHIN,
        () -> {
          Lsn reached = walPosition();
          return Progress.when(
              reached.compareTo(target) >= 0,
              "replayed %s, %d bytes behind".formatted(reached, target.minus(reached)));
        });
  }

  /**
   * The commits that stand in this server's own WAL, also when it is down.
   *
   * @param timeline the timeline they are on
   * @param from where to begin
   * @return transaction id (32 bits, unsigned) to the LSN of its commit record
   */
  public Map<Long, Lsn> commitsSince(int timeline, Lsn from) {
    return WalDump.commits(
        control.tool(
            TOOL_DEADLINE,
            "pg_waldump",
            "--path=pg_wal",
            "--timeline=" + timeline,
            "--start=" + from,
            "--rmgr=Transaction"));
  }

  ServerControl control() {
    return control;
  }

  @Override
  public String toString() {
    return name;
  }
}
