package dev.pgdrill.report;

import dev.pgdrill.check.Measurement;
import dev.pgdrill.history.History;
import dev.pgdrill.history.Kind;
import dev.pgdrill.history.LatencySummary;
import dev.pgdrill.history.WriteCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One drill in the report.
 *
 * @param id such as {@code failover.primary-crash#async}
 * @param subject {@code yours} when the plan named what was tested, else {@code shipped}
 * @param expectation one sentence
 * @param verdict how it ended
 * @param reason why it did not simply hold, else null
 * @param measurements what was measured beside the promises
 * @param promises what it says of each promise
 * @param steps what was done, with durations
 * @param evidence what shows a violation
 * @param timeline its course
 * @param components what the cluster was made of
 * @param directory where its logs and history are
 */
public record DrillResult(
    String id,
    String subject,
    String expectation,
    Result verdict,
    String reason,
    List<Measurement> measurements,
    List<PromiseResult> promises,
    List<Map<String, Object>> steps,
    List<String> evidence,
    Timeline timeline,
    Map<String, String> components,
    String directory) {

  /** Refuses what a result file of another shape would make of it. */
  public DrillResult {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(components, "components");
    measurements = List.copyOf(measurements);
    promises = List.copyOf(promises);
  }

  /** The mark of a drill that has begun. */
  public static DrillResult started(String id, String expectation, String directory) {
    return new DrillResult(
        id,
        "shipped",
        expectation,
        Result.STARTED,
        "the test JVM ended before this drill did",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Timeline(List.of(), List.of()),
        Map.of(),
        directory);
  }

  /** The same drill, ended. */
  public DrillResult ended(
      Result how,
      String why,
      List<PromiseResult> judged,
      List<String> facts,
      History history,
      Map<String, String> madeOf) {
    return new DrillResult(
        id,
        subject,
        expectation,
        how,
        why,
        numbers(history),
        List.copyOf(judged),
        history.events(Kind.STEP).stream()
            .filter(event -> event.data().containsKey("ms"))
            .map(event -> event.data())
            .toList(),
        List.copyOf(facts),
        Timeline.of(history),
        madeOf,
        directory);
  }

  DrillResult withVerdict(Result other) {
    return new DrillResult(
        id,
        subject,
        expectation,
        other,
        reason,
        measurements,
        promises,
        steps,
        evidence,
        timeline,
        components,
        directory);
  }

  private static List<Measurement> numbers(History history) {
    var numbers = new ArrayList<Measurement>();
    WriteCounts writes = history.counts();
    if (writes.attempted() == 0) {
      return numbers;
    }
    LatencySummary latency = history.latency();
    numbers.add(Measurement.of("attempted", writes.attempted(), "writes"));
    numbers.add(Measurement.of("acknowledged", writes.acknowledged(), "writes"));
    numbers.add(Measurement.of("failed", writes.failed(), "writes"));
    numbers.add(Measurement.of("unknown", writes.unknown(), "writes"));
    numbers.add(Measurement.of("throughput", latency.perSecond(), "1/s"));
    numbers.add(Measurement.of("p50", latency.p50Ms(), "ms"));
    numbers.add(Measurement.of("p99", latency.p99Ms(), "ms"));
    numbers.add(Measurement.of("max", latency.maxMs(), "ms"));
    return numbers;
  }

  /** One line for the console. */
  public String line() {
    var text = new StringBuilder(id + " " + verdict.text());
    for (String name : List.of("outage", "lost", "acknowledged", "throughput", "p50", "p99")) {
      double value = number(name);
      if (!Double.isNaN(value)) {
        text.append(" | %s %.0f".formatted(name, value));
      }
    }
    return reason == null ? text.toString() : text + " | " + reason;
  }

  /** What its promises measured under that name, the worst of several; else what it measured. */
  double number(String name) {
    return largest(name, promises.stream().flatMap(promise -> promise.measurements().stream()))
        .orElseGet(() -> largest(name, measurements.stream()).orElse(Double.NaN));
  }

  private static OptionalDouble largest(String name, Stream<Measurement> among) {
    return among
        .filter(measurement -> measurement.name().equals(name))
        .mapToDouble(Measurement::value)
        .max();
  }
}
