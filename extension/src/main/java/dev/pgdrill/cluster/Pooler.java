package dev.pgdrill.cluster;

import dev.pgdrill.topology.Endpoint;
import java.sql.SQLException;
import java.time.Duration;

/** PgBouncer in front of the cluster: one database, sent to one node. */
public final class Pooler {
  private static final Duration READY_WITHIN = Duration.ofSeconds(10);

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
    Await.until(
        name + " answering queries",
        READY_WITHIN,
        () -> {
          control
              .epitaph()
              .ifPresent(
                  reason -> {
                    throw new HopelessException("%s did not start: %s".formatted(name, reason));
                  });
          try (var sql = Sql.connect(endpoint(), access.database(), access.app())) {
            return Progress.done(sql.text("select 1"));
          }
        });
  }

  /**
   * Sends clients to another node after the old one died: KILL drops the connections to it, RELOAD
   * reads the new address, RESUME lets clients in. PAUSE would wait for the dead server.
   */
  void repoint(Node node) {
    control.configureFor(node.name());
    String database = access.database();
    new Superuser(name, this::console).run("KILL " + database, "RELOAD", "RESUME " + database);
  }

  @Override
  public String toString() {
    return name;
  }
}
