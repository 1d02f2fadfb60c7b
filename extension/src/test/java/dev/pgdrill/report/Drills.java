package dev.pgdrill.report;

import dev.pgdrill.check.Measurement;
import dev.pgdrill.check.OutageCheck;
import dev.pgdrill.history.HistoryFixture;
import dev.pgdrill.history.Kind;
import dev.pgdrill.history.Second;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Literal results of drills. */
final class Drills {
  private Drills() {}

  static DrillResult begun(String id) {
    return DrillResult.started(id, "clients recover", "/runs/1/jvm-7");
  }

  /** A drill in which a real check found an outage of {@code outageMs}, promised at most 100. */
  static DrillResult withOutage(String id, long outageMs) {
    var history =
        HistoryFixture.load().acknowledged(0).at(outageMs).acknowledged(1).stopped().history();
    var check = OutageCheck.recoveryWithin(Duration.ofMillis(100));
    var promise = PromiseResult.of(check.promise(), id, check.judge(history));
    Result verdict = promise.verdict();
    return begun(id)
        .ended(
            verdict,
            verdict == Result.HOLDS ? null : promise.sentence(),
            List.of(promise),
            promise.evidence(),
            history,
            Map.of("postgres", "15.18"));
  }

  static DrillResult ended(String id, Result verdict, String reason) {
    return begun(id)
        .ended(verdict, reason, List.of(), List.of(), HistoryFixture.load().history(), Map.of());
  }

  /** Everything that a result can have, spelt out. */
  static DrillResult full() {
    var promise =
        new PromiseResult(
            "failover.rto",
            "failover.primary-crash#async",
            Result.VIOLATED,
            null,
            List.of(Measurement.atMost(10_000, "outage", 12_345.5, "ms")),
            List.of("no write was acknowledged for 12345 ms"));
    var mark = new LinkedHashMap<String, Object>();
    mark.put("fault", "kill");
    return new DrillResult(
        "failover.primary-crash#async",
        "shipped",
        "clients write again within ten seconds",
        Result.VIOLATED,
        promise.sentence(),
        List.of(
            Measurement.of("acknowledged", 4_000, "writes"),
            Measurement.of("throughput", 199.6, "1/s"),
            Measurement.of("p50", 1.25, "ms"),
            Measurement.of("p99", 12.5, "ms")),
        List.of(promise),
        List.of(new LinkedHashMap<>(Map.of("step", "fence pg1"))),
        promise.evidence(),
        new Timeline(
            List.of(new Second(0, 200, 1, 1.25, 12.5, 30)),
            List.of(new Timeline.Mark(1_500.5, Kind.FAULT_REQUESTED, "pg1", mark))),
        Map.of("postgres", "15.18"),
        "/runs/1/jvm-7");
  }

  static Optional<DrillResult> named(String id, List<DrillResult> drills) {
    return drills.stream().filter(drill -> drill.id().equals(id)).findFirst();
  }
}
