package dev.pgdrill.workload;

import com.zaxxer.hikari.HikariDataSource;
import dev.pgdrill.cluster.Await;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.cluster.Failover;
import dev.pgdrill.cluster.HopelessException;
import dev.pgdrill.cluster.Node;
import dev.pgdrill.cluster.NotInTimeException;
import dev.pgdrill.cluster.Progress;
import dev.pgdrill.history.FinalRead;
import dev.pgdrill.history.Recorder;
import dev.pgdrill.plan.Timeouts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Clients that write while a drill goes on. Injected into a test by its type; one load per test.
 *
 * <p>Every write has an id of its own and ends as acknowledged, failed or unknown; a commit of
 * unknown outcome is never tried again. The table has no unique constraint on purpose: a write that
 * arrives twice must be visible.
 */
public final class Workload implements AutoCloseable {
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(60);
  private static final int FETCH_SIZE = 10_000;

  private final Cluster cluster;
  private final Recorder recorder;
  private final String table = "pgdrill_writes_" + Long.toHexString(System.nanoTime());
  private final List<WriteClient> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private HikariDataSource pool;
  private Arrivals arrivals;
  private HiccupDetector hiccups;
  private boolean stopped;

  Workload(Cluster cluster, Recorder recorder) {
    this.cluster = cluster;
    this.recorder = recorder;
  }

  /**
   * Creates the table and starts the clients.
   *
   * @throws IllegalStateException if this test has started a load before
   */
  public void start(WriteLoad load) {
    if (pool != null) {
      throw new IllegalStateException("the load was started before: one load per test");
    }
    Node primary = cluster.primary();
    primary.run(
        "create table %s (id integer not null)".formatted(table),
        "alter table %s owner to %s".formatted(table, cluster.access().app().user()));
    var entry = load.direct() ? primary.endpoint() : cluster.entry();
    pool = ClientPool.open(entry, cluster.access(), load.clients());
    hiccups = new HiccupDetector(recorder);
    recorder.loadStarted(
        Map.of(
            "step",
            "load started",
            "clients",
            load.clients(),
            "perSecond",
            load.perSecond(),
            "model",
            load.perSecond() == 0 ? "closed" : "open"));
    arrivals = new Arrivals(load.perSecond(), System.nanoTime());
    for (int i = 0; i < load.clients(); i++) {
      var client = new WriteClient(pool, arrivals, recorder, table);
      var thread = new Thread(client, "pgdrill-client-" + i);
      thread.setDaemon(true);
      clients.add(client);
      threads.add(thread);
      thread.start();
    }
  }

  String table() {
    return table;
  }

  /** Writes acknowledged so far. */
  public long acknowledged() {
    return recorder.acknowledgedCount();
  }

  /**
   * Waits until that many more writes are acknowledged, at most 60 s.
   *
   * @throws AssertionError if they are not: whatever was promised, this service is down
   */
  public void awaitAcknowledged(long more) {
    if (pool == null || stopped) {
      throw new IllegalStateException("no load is running: call start first");
    }
    long before = acknowledged();
    try {
      awaitMore(more, before);
    } catch (NotInTimeException e) {
      throw new AssertionError("the clients cannot write: " + e.getMessage(), e);
    }
  }

  private void awaitMore(long more, long before) {
    Await.until(
        more + " more writes acknowledged",
        ACKNOWLEDGED_WITHIN,
        () -> {
          failIfAClientDied();
          long now = acknowledged() - before;
          return Progress.when(now >= more, now + " acknowledged");
        });
  }

  private void failIfAClientDied() {
    clients.stream()
        .map(WriteClient::died)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            cause -> {
              var hopeless = new HopelessException("a client of the workload ended: " + cause);
              hopeless.initCause(cause);
              throw hopeless;
            });
  }

  /** Lets every client end the write it is at; does nothing the second time. */
  public void stop() {
    if (stopped || pool == null) {
      return;
    }
    stopped = true;
    arrivals.end();
    long deadline =
        System.nanoTime() + Timeouts.scaled(ClientPool.SOCKET.multipliedBy(3)).toNanos();
    for (Thread thread : threads) {
      join(thread, deadline);
    }
    try {
      clients.forEach(WriteClient::abandon);
      recorder.loadStopped();
    } finally {
      hiccups.close();
      pool.close();
    }
    failIfAClientDied();
  }

  private static void join(Thread thread, long deadline) {
    try {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      thread.join(Math.max(1, left));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HopelessException("interrupted while the load was stopped");
    }
  }

  /**
   * Reads back what servers have; a replica first replays what the primary has by now. Only after
   * {@link #stop}: what is still being written cannot be judged.
   */
  public void readBack(Node... nodes) {
    if (!stopped) {
      throw new IllegalStateException("the load is still running: call stop first");
    }
    Node primary = cluster.primary();
    for (Node node : nodes) {
      if (node != primary) {
        node.awaitReplayed(primary.walPosition());
      }
      recorder.finalRead(read(node).from(node.name(), node == primary));
    }
  }

  /**
   * Reads back what the new primary has, and looks into the old primary's WAL for the commits that
   * were cut off.
   */
  public void readBack(Failover failover) {
    readBack(failover.to());
    recorder.divergence(
        failover.switchPoint(),
        failover.from().commitsSince(failover.oldTimeline(), failover.switchPoint()));
  }

  private FinalRead.Collector read(Node node) {
    var collector = new FinalRead.Collector();
    try (var sql = node.admin()) {
      sql.connection().setAutoCommit(false);
      try (var statement = sql.connection().createStatement()) {
        statement.setFetchSize(FETCH_SIZE);
        try (var result = statement.executeQuery("select id from " + table)) {
          while (result.next()) {
            collector.add(result.getInt(1));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read back what %s has".formatted(node), e);
    }
    return collector;
  }

  @Override
  public void close() {
    stop();
  }
}
