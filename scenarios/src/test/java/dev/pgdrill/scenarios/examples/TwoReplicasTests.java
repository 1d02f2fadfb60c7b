package dev.pgdrill.scenarios.examples;

import static dev.pgdrill.workload.WriteLoad.writes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.Drill;
import dev.pgdrill.PgDrillBuilder;
import dev.pgdrill.assertion.DrillAssertions;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.topology.Topology;
import dev.pgdrill.workload.Workload;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class TwoReplicasTests {

  @RegisterExtension
  static final Extension PGDRILL =
      PgDrillBuilder.with(
              Topology.primaryOnly()
                  .withReplicas(2)
                  .withPooler()
                  .withSettings(Map.of("work_mem", "8MB")))
          .build();

  @Test
  void theOtherReplicaFollowsTheNewPrimary(
      Cluster cluster, Orders orders, Workload workload, Drill drill) {
    workload.start(writes().perSecond(200));
    workload.awaitAcknowledged(200);

    cluster.primary().kill();
    cluster.failOver();
    workload.awaitAcknowledged(200);
    cluster.awaitStreaming();
    workload.stop();
    workload.readBack(cluster.primary(), cluster.replica(0));

    assertThat(orders.count()).isZero();
    DrillAssertions.assertThat(drill).keeps(new FewUnknownsCheck(8));
  }
}
