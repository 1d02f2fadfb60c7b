package dev.pgdrill.report;

import dev.pgdrill.check.Measurement;
import dev.pgdrill.check.Verdict;
import java.util.List;
import java.util.Objects;

/**
 * What a drill says of one promise.
 *
 * @param promise its id, such as {@code failover.rto}
 * @param drill the drill that says so
 * @param verdict holds, violated or inconclusive
 * @param reason why it is inconclusive, else null
 * @param measurements the numbers behind it
 * @param evidence what shows a violation
 */
public record PromiseResult(
    String promise,
    String drill,
    Result verdict,
    String reason,
    List<Measurement> measurements,
    List<String> evidence) {

  /** Refuses what a result file of another shape would make of it. */
  public PromiseResult {
    Objects.requireNonNull(promise, "promise");
    Objects.requireNonNull(drill, "drill");
    Objects.requireNonNull(verdict, "verdict");
    measurements = List.copyOf(measurements);
  }

  public static PromiseResult of(String promise, String drill, Verdict verdict) {
    if (verdict instanceof Verdict.Violated violated) {
      return new PromiseResult(
          promise, drill, Result.VIOLATED, null, violated.measurements(), violated.evidence());
    }
    if (verdict instanceof Verdict.Inconclusive open) {
      return new PromiseResult(
          promise, drill, Result.INCONCLUSIVE, open.reason(), open.measurements(), List.of());
    }
    return new PromiseResult(promise, drill, Result.HOLDS, null, verdict.measurements(), List.of());
  }

  /** One line: {@code failover.rto violated: outage 12000 ms (promised <= 10000)}. */
  public String sentence() {
    var text = new StringBuilder(promise + " " + verdict.text());
    String numbers = String.join(", ", measurements.stream().map(Measurement::toString).toList());
    if (!numbers.isEmpty()) {
      text.append(": ").append(numbers);
    }
    if (reason != null) {
      text.append(": ").append(reason);
    }
    evidence.forEach(fact -> text.append("; ").append(fact));
    return text.toString();
  }
}
