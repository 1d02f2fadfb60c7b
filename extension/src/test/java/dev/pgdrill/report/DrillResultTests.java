package dev.pgdrill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.check.Measurement;
import dev.pgdrill.history.HistoryFixture;
import dev.pgdrill.history.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrillResultTests {

  @Test
  void endedDrillHasTheNumbersOfItsHistory() {
    var history =
        HistoryFixture.load()
            .acknowledged(0)
            .failed("40001", "no", 1)
            .at(1_000)
            .unknown("08006", "lost", 2)
            .at(2_000)
            .acknowledgedAfter(8, 3)
            .inFlight(4)
            .stopped()
            .history();

    DrillResult drill = ended(history);

    assertThat(drill.measurements())
        .extracting(Measurement::name)
        .containsExactly(
            "attempted", "acknowledged", "failed", "unknown", "throughput", "p50", "p99", "max");
    assertThat(drill.measurements().subList(0, 5))
        .extracting(Measurement::value)
        .containsExactly(5.0, 2.0, 1.0, 1.0, 1.0);
    assertThat(drill.number("max")).isBetween(8.0, 8.01);
  }

  @Test
  void drillWithoutALoadHasNoNumbers() {
    DrillResult drill = ended(HistoryFixture.load().stopped().history());

    assertThat(drill.measurements()).isEmpty();
    assertThat(drill.number("p99")).isNaN();
  }

  @Test
  void stepsAreThoseThatTookTime() {
    var history =
        HistoryFixture.load().note(Kind.STEP, null, Map.of("step", "promote pg2", "ms", 80));

    assertThat(ended(history.history()).steps())
        .containsExactly(Map.of("step", "promote pg2", "ms", 80));
  }

  @Test
  void endedDrillKeepsWhatItWasWhenItBegan() {
    DrillResult drill = Drills.withOutage("failover.x", 412);

    assertThat(drill.id()).isEqualTo("failover.x");
    assertThat(drill.subject()).isEqualTo("shipped");
    assertThat(drill.expectation()).isEqualTo("clients recover");
    assertThat(drill.directory()).isEqualTo("/runs/1/jvm-7");
    assertThat(drill.components()).containsEntry("postgres", "15.18");
  }

  @Test
  void lineHasTheNumbersThatThereAreAndTheReason() {
    assertThat(Drills.full().line())
        .startsWith(
            "failover.primary-crash#async violated | outage 12346 | acknowledged 4000"
                + " | throughput 200 | p50 1 | p99 13 | failover.rto violated: ");
    assertThat(Drills.ended("plan.x", Result.HOLDS, null).line()).isEqualTo("plan.x holds");
  }

  @Test
  void promisesNumberGoesBeforeAnotherOfTheSameName() {
    var promise =
        new PromiseResult(
            "p", "d", Result.HOLDS, null, List.of(Measurement.of("p50", 1, "ms")), List.of());
    var history = HistoryFixture.load().at(10).acknowledgedAfter(9, 0).history();

    DrillResult drill =
        Drills.begun("d").ended(Result.HOLDS, null, List.of(promise), List.of(), history, Map.of());

    assertThat(drill.number("p50")).isEqualTo(1);
  }

  @Test
  void theWorstOfSeveralPromisesIsShown() {
    var kept =
        new PromiseResult(
            "a", "d", Result.HOLDS, null, List.of(Measurement.of("lost", 0, "writes")), List.of());
    var broken =
        new PromiseResult(
            "b",
            "d",
            Result.VIOLATED,
            null,
            List.of(Measurement.of("lost", 3, "writes")),
            List.of());

    DrillResult drill =
        Drills.begun("d")
            .ended(
                Result.VIOLATED,
                null,
                List.of(kept, broken),
                List.of(),
                HistoryFixture.load().history(),
                Map.of());

    assertThat(drill.number("lost")).isEqualTo(3);
  }

  private static DrillResult ended(dev.pgdrill.history.History history) {
    return Drills.begun("failover.x")
        .ended(Result.HOLDS, null, List.of(), List.of(), history, Map.of());
  }
}
