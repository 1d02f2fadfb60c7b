package dev.pgdrill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.check.Measurement;
import dev.pgdrill.check.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromiseResultTests {
  private static final Measurement OUTAGE = Measurement.atMost(100, "outage", 412, "ms");

  @Test
  void keptPromiseHasItsNumbers() {
    var result = PromiseResult.of("failover.rto", "failover.x", new Verdict.Holds(OUTAGE));

    assertThat(result)
        .isEqualTo(
            new PromiseResult(
                "failover.rto", "failover.x", Result.HOLDS, null, List.of(OUTAGE), List.of()));
    assertThat(result.sentence()).isEqualTo("failover.rto holds: outage 412 ms (promised <= 100)");
  }

  @Test
  void brokenPromiseHasItsEvidence() {
    var verdict = new Verdict.Violated(List.of(OUTAGE), List.of("one fact", "another"));

    var result = PromiseResult.of("failover.rto", "failover.x", verdict);

    assertThat(result)
        .isEqualTo(
            new PromiseResult(
                "failover.rto",
                "failover.x",
                Result.VIOLATED,
                null,
                List.of(OUTAGE),
                List.of("one fact", "another")));
    assertThat(result.sentence())
        .isEqualTo("failover.rto violated: outage 412 ms (promised <= 100); one fact; another");
  }

  @Test
  void openPromiseHasItsReason() {
    var result = PromiseResult.of("failover.rto", "d", new Verdict.Inconclusive("nobody looked"));

    assertThat(result)
        .isEqualTo(
            new PromiseResult(
                "failover.rto", "d", Result.INCONCLUSIVE, "nobody looked", List.of(), List.of()));
    assertThat(result.sentence()).isEqualTo("failover.rto inconclusive: nobody looked");
  }
}
