package dev.pgdrill.workload;

import static dev.pgdrill.check.LostWritesCheck.noWriteLost;
import static dev.pgdrill.workload.WriteLoad.writes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.Drill;
import dev.pgdrill.PgDrill;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.cluster.Node;
import dev.pgdrill.report.Result;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that acknowledges before it writes: a crash must show it. */
@PgDrill(
    replicas = 0,
    settings = {"synchronous_commit = off", "wal_writer_delay = 10s"})
@Tag("integration")
class VolatileCommitTests {

  @Test
  void aCrashLosesWhatWasAcknowledgedButNotWritten(
      Cluster cluster, Workload workload, Drill drill) {
    Node server = cluster.primary();
    workload.start(writes().perSecond(500));
    workload.awaitAcknowledged(500);

    server.kill();
    server.start();
    workload.stop();
    workload.readBack(server);

    assertThat(drill.judge(noWriteLost()).get(0).verdict()).isEqualTo(Result.VIOLATED);
  }
}
