package dev.pgdrill.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.PgDrill;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PgBouncer frees a pool at KILL while clients that are logging in still point to it. */
@PgDrill(replicas = 0)
@Tag("integration")
class PoolerRepointTests {
  private static final int CLIENTS = 4;
  private static final int TIMES = 40;

  @Test
  void thePoolerSurvivesWhileClientsKeepLoggingIn(Cluster cluster) throws InterruptedException {
    Node primary = cluster.primary();
    Pooler pooler = cluster.pooler();
    var running = new AtomicBoolean(true);
    var logins = new AtomicLong();
    var clients = new ArrayList<Thread>();
    for (int i = 0; i < CLIENTS; i++) {
      var client =
          new Thread(
              () -> {
                while (running.get()) {
                  logins.addAndGet(logIn(cluster));
                }
              });
      clients.add(client);
      client.start();
    }

    for (int i = 0; i < TIMES; i++) {
      pooler.repoint(primary);
      pooler.awaitReady();
    }
    running.set(false);
    for (Thread client : clients) {
      client.join();
    }

    assertThat(pooler.isRunning()).isTrue();
    assertThat(logins.get()).isGreaterThan(TIMES);
  }

  private static int logIn(Cluster cluster) {
    try (var sql = Sql.connect(cluster.entry(), "app", cluster.access().app())) {
      sql.text("select 1");
      return 1;
    } catch (SQLException e) {
      return 0;
    }
  }
}
