package dev.pgdrill;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sample for {@link DrillIdsTests}: a class of its own, as drills are. */
@PgDrill
@Tag("failover")
@Tag("tier-quick")
class LossScenario {

  @Test
  void theOnlyOne(Drill drill) {
    drill.judge(Promise.kept("failover.rto"));
  }

  @Nested
  class OfTheOnlyReplica {
    @Test
    void byCrash(Drill drill) {
      drill.judge(Promise.kept("failover.rto"));
    }

    @Test
    void byNetwork2Fault(Drill drill) {
      drill.judge(Promise.kept("failover.rto"));
    }
  }
}
