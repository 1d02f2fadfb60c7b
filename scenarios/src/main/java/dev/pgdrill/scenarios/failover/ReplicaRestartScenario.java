package dev.pgdrill.scenarios.failover;

import static dev.pgdrill.assertion.DrillAssertions.assertThat;
import static dev.pgdrill.check.FaithfulWritesCheck.noWriteUnexpectedOrDuplicated;
import static dev.pgdrill.check.LostWritesCheck.noWriteLost;
import static dev.pgdrill.check.OutageCheck.stallAtMost;
import static dev.pgdrill.check.UndisturbedCheck.noClientSawAnError;
import static dev.pgdrill.workload.WriteLoad.writes;
import static java.time.Duration.ofSeconds;

import dev.pgdrill.Drill;
import dev.pgdrill.PgDrill;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.cluster.Node;
import dev.pgdrill.cluster.StopMode;
import dev.pgdrill.workload.Workload;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@PgDrill(replicas = 1, pooler = true)
@Tag("failover")
@Tag("tier-quick")
@DisplayName(
    "When a replica restarts, no client notices and the replica catches up with every write")
class ReplicaRestartScenario {

  @Test
  void restart(Cluster cluster, Workload workload, Drill drill) {
    Node replica = cluster.replica(0);
    workload.start(writes().perSecond(500).clients(8));
    workload.awaitAcknowledged(500);

    replica.stop(StopMode.FAST);
    // The primary serves on while it is alone: these are acknowledged without the replica.
    workload.awaitAcknowledged(500);
    replica.start();
    cluster.awaitStreaming();
    workload.awaitAcknowledged(500);
    workload.stop();
    workload.readBack(cluster.primary(), replica);

    assertThat(drill)
        .keeps(
            noWriteLost(),
            noClientSawAnError(),
            stallAtMost(ofSeconds(5)),
            noWriteUnexpectedOrDuplicated());
  }
}
