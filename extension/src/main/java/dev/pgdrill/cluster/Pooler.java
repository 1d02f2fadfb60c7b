package dev.pgdrill.cluster;

import dev.pgdrill.topology.Endpoint;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** PgBouncer in front of the cluster: one database, sent to one node. */
public final class Pooler {
  private static final Duration READY_WITHIN = Duration.ofSeconds(10);

  /** Longer than a login takes; a client that stalls in it is thrown out by PgBouncer at 60 s. */
  private static final Duration LOGGED_IN_WITHIN = Duration.ofSeconds(70);

  private final String name;
  private final PoolerControl control;
  private final Access access;

  Pooler(String name, PoolerControl control, Access access) {
    this.name = name;
    this.control = control;
    this.access = access;
  }

  /** {@code pgb1}. */
  public String name() {
    return name;
  }

  /** Where the test and its clients reach the pooler. */
  public Endpoint endpoint() {
    return control.endpoint();
  }

  public boolean isRunning() {
    return control.isRunning();
  }

  /** A session at the console, for {@code SHOW} and the like. */
  public Sql console() throws SQLException {
    return Sql.console(endpoint(), access.admin());
  }

  /** Waits until a client's query gets an answer; ends at once when the process has ended. */
  public void awaitReady() {
    Readiness.await(
        name,
        READY_WITHIN,
        control::epitaph,
        () -> Sql.connect(endpoint(), access.database(), access.app()));
  }

  /**
   * Sends clients to another node after the old one died: KILL drops the connections to it, RELOAD
   * reads the new address, RESUME lets clients in. PAUSE would wait for the dead server.
   *
   * <p>KILL frees a pool to which clients that are just logging in still point; when their login
   * ends, PgBouncer crashes or hangs (1.18 measured; pgbouncer#1401 for 1.24). A disabled database
   * turns clients away at the end of their login, before that pool is touched. So it is disabled
   * until all who were logging in at the KILL are gone: some milliseconds.
   */
  void repoint(Node node) {
    control.configureFor(node.name());
    String database = access.database();
    var console = new Superuser(name, this::console);
    console.run("DISABLE " + database);
    try {
      console.run("KILL " + database, "RELOAD", "RESUME " + database);
      Set<String> stale = loggingIn();
      Await.until(
          "clients that were logging in to " + name + " turned away",
          LOGGED_IN_WITHIN,
          () -> {
            stale.retainAll(loggingIn());
            return Progress.when(stale.isEmpty(), "logging in: " + stale);
          });
    } finally {
      console.run("ENABLE " + database);
    }
  }

  /** Addresses of clients that have not logged in yet. */
  private Set<String> loggingIn() {
    try (var console = console()) {
      return console
          .rows(
              "SHOW SOCKETS",
              row ->
                  row.getString("state").equals("cl_login")
                      ? row.getString("addr") + ":" + row.getString("port")
                      : "")
          .stream()
          .filter(address -> !address.isEmpty())
          .collect(Collectors.toCollection(HashSet::new));
    } catch (SQLException e) {
      throw new CommandFailedException(name, "SHOW SOCKETS", e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
