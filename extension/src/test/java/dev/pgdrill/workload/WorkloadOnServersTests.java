package dev.pgdrill.workload;

import static dev.pgdrill.check.DivergenceCheck.onlyWritesBeyondTheSwitchPointLost;
import static dev.pgdrill.check.FaithfulWritesCheck.noWriteUnexpectedOrDuplicated;
import static dev.pgdrill.check.LostWritesCheck.noWriteLost;
import static dev.pgdrill.workload.WriteLoad.writes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgdrill.Drill;
import dev.pgdrill.Lifetime;
import dev.pgdrill.PgDrill;
import dev.pgdrill.check.Check;
import dev.pgdrill.cluster.Await;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.cluster.Failover;
import dev.pgdrill.cluster.Node;
import dev.pgdrill.cluster.Progress;
import dev.pgdrill.cluster.StopMode;
import dev.pgdrill.history.History;
import dev.pgdrill.report.PromiseResult;
import dev.pgdrill.report.Result;
import dev.pgdrill.topology.Replication;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Losses that are real, and ones that are planted, on real servers. */
@PgDrill(lifetime = Lifetime.METHOD)
@Tag("integration")
class WorkloadOnServersTests {

  @Test
  void writesThatTheReplicaNeverGotAreLostAndExplained(
      Cluster cluster, Workload workload, Drill drill) {
    Failover failover = loseWhatTheReplicaNeverGot(cluster, workload);

    workload.readBack(failover);

    History history = drill.history();
    assertThat(history.lost(history.finalReads().get(0)).getCardinality())
        .isGreaterThanOrEqualTo(200);
    assertThat(verdict(drill, noWriteLost())).isEqualTo(Result.VIOLATED);
    assertThat(verdict(drill, onlyWritesBeyondTheSwitchPointLost())).isEqualTo(Result.HOLDS);
    assertThat(verdict(drill, noWriteUnexpectedOrDuplicated())).isEqualTo(Result.HOLDS);
  }

  @Test
  void aWriteThatReplicationDidNotLoseIsNamed(Cluster cluster, Workload workload, Drill drill) {
    Failover failover = loseWhatTheReplicaNeverGot(cluster, workload);
    failover.to().run("delete from %s where id = 7".formatted(workload.table()));

    workload.readBack(failover);

    PromiseResult judged = drill.judge(onlyWritesBeyondTheSwitchPointLost()).get(0);
    assertThat(judged.verdict()).isEqualTo(Result.VIOLATED);
    assertThat(judged.evidence()).singleElement().asString().endsWith("[7]");
  }

  private static Failover loseWhatTheReplicaNeverGot(Cluster cluster, Workload workload) {
    Node primary = cluster.primary();
    Node replica = cluster.replica(0);
    workload.start(writes().perSecond(500));
    workload.awaitAcknowledged(200);
    cluster.awaitStreaming();
    replica.stop(StopMode.FAST);
    workload.awaitAcknowledged(200);
    primary.kill();
    replica.start();
    Failover failover = cluster.failOver();
    workload.awaitAcknowledged(200);
    workload.stop();
    return failover;
  }

  @Test
  void plantedRowsAreUnexpectedOrDuplicated(Cluster cluster, Workload workload, Drill drill) {
    workload.start(writes().perSecond(500));
    workload.awaitAcknowledged(100);
    workload.stop();
    cluster
        .primary()
        .run(
            "insert into %s values (1000000)".formatted(workload.table()),
            "insert into %1$s select id from %1$s where id = 5".formatted(workload.table()));

    workload.readBack(cluster.primary());

    PromiseResult judged = drill.judge(noWriteUnexpectedOrDuplicated()).get(0);
    assertThat(judged.verdict()).isEqualTo(Result.VIOLATED);
    assertThat(judged.evidence())
        .containsExactly("unexpected on pg1: [1000000]", "duplicated on pg1: [5]");
  }

  @Test
  void whatIsStillWrittenIsNotReadBack(Cluster cluster, Workload workload) {
    workload.start(writes());

    assertThatThrownBy(() -> workload.readBack(cluster.primary()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("call stop first");
    assertThatThrownBy(() -> workload.start(writes()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one load per test");
  }

  @Test
  void aClosedLoopPastThePoolerWritesToo(Cluster cluster, Workload workload, Drill drill) {
    workload.start(writes().clients(2).closedLoop().directly());
    workload.awaitAcknowledged(500);
    workload.stop();

    workload.readBack(cluster.primary(), cluster.replica(0));

    assertThat(verdict(drill, noWriteLost())).isEqualTo(Result.HOLDS);
    assertThat(drill.history().finalReads()).hasSize(2);
  }

  @Test
  void aCommitWhoseStandbyNeverAnswersIsUnknown(Cluster cluster, Workload workload, Drill drill) {
    cluster.replicate(Replication.SYNC);
    workload.start(writes().perSecond(200));
    workload.awaitAcknowledged(50);

    cluster.replica(0).stop(StopMode.FAST);
    cancelAWaitForTheStandby(cluster);
    workload.stop();

    History history = drill.history();
    assertThat(history.unknown().isEmpty()).isFalse();
    assertThat(history.errors().keySet())
        .anyMatch(error -> error.contains("canceling wait for synchronous replication"));
  }

  private static void cancelAWaitForTheStandby(Cluster cluster) {
    Await.until(
        "a commit waiting for its standby cancelled",
        Duration.ofSeconds(20),
        () ->
            Progress.when(
                cluster
                    .primary()
                    .query(
                        "select count(pg_cancel_backend(pid)) > 0 from pg_stat_activity"
                            + " where wait_event = 'SyncRep'")
                    .equals("t"),
                "nobody waits"));
  }

  private static Result verdict(Drill drill, Check check) {
    return drill.judge(check).get(0).verdict();
  }
}
