package dev.pgdrill.scenarios.failover;

import static dev.pgdrill.assertion.DrillAssertions.assertThat;
import static dev.pgdrill.check.DivergenceCheck.onlyWritesBeyondTheSwitchPointLost;
import static dev.pgdrill.check.FaithfulWritesCheck.noWriteUnexpectedOrDuplicated;
import static dev.pgdrill.check.LostWritesCheck.noWriteLost;
import static dev.pgdrill.check.OutageCheck.recoveryWithin;
import static dev.pgdrill.workload.WriteLoad.writes;
import static java.time.Duration.ofSeconds;

import dev.pgdrill.Drill;
import dev.pgdrill.Lifetime;
import dev.pgdrill.PgDrill;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.cluster.Failover;
import dev.pgdrill.topology.Replication;
import dev.pgdrill.workload.Workload;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@PgDrill(replicas = 1, pooler = true, lifetime = Lifetime.METHOD)
@Tag("failover")
@Tag("tier-quick")
@DisplayName("When the primary crashes, clients write again in time and no promised write is lost")
class PrimaryCrashScenario {

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void crash(Replication replication, Cluster cluster, Workload workload, Drill drill) {
    cluster.replicate(replication);
    workload.start(writes().perSecond(500).clients(8));
    workload.awaitAcknowledged(1_000);

    cluster.primary().kill();
    Failover failover = cluster.failOver();
    workload.awaitAcknowledged(1_000);
    workload.stop();
    workload.readBack(failover);

    assertThat(drill)
        .keeps(
            recoveryWithin(ofSeconds(10)),
            replication == Replication.SYNC ? noWriteLost() : onlyWritesBeyondTheSwitchPointLost(),
            noWriteUnexpectedOrDuplicated());
  }
}
