package dev.pgdrill.check;

import dev.pgdrill.check.Verdict.Holds;
import dev.pgdrill.check.Verdict.Inconclusive;
import dev.pgdrill.check.Verdict.Violated;
import dev.pgdrill.history.Event;
import dev.pgdrill.history.History;
import dev.pgdrill.history.Kind;
import dev.pgdrill.history.Outage;
import java.time.Duration;
import java.util.List;

/**
 * The longest time without an acknowledged write is at most a limit. A stall of the generator
 * itself can only lengthen what was seen: when the limit is passed because of one, the verdict is
 * inconclusive.
 *
 * @param promise the promise's id
 * @param limit the longest outage allowed
 */
public record OutageCheck(String promise, Duration limit) implements Check {

  /** {@code failover.rto}: from the last acknowledged write to the first new one. */
  public static OutageCheck recoveryWithin(Duration limit) {
    return new OutageCheck("failover.rto", limit);
  }

  /**
   * {@code failover.stall}: nobody waits longer than that, though nothing is meant to fail over.
   */
  public static OutageCheck stallAtMost(Duration limit) {
    return new OutageCheck("failover.stall", limit);
  }

  @Override
  public Verdict judge(History history) {
    if (history.acknowledged().isEmpty() || history.longestGap().isEmpty()) {
      return new Inconclusive("no write was acknowledged: there was no load to interrupt");
    }
    Outage gap = history.longestGap().get();
    var measured =
        Measurement.atMost(limit.toNanos() / 1e6, "outage", gap.length().toNanos() / 1e6, "ms");
    if (gap.length().compareTo(limit) <= 0) {
      return history
          .unanswered()
          .<Verdict>map(event -> new Inconclusive(List.of(measured), tooEarly(event)))
          .orElseGet(() -> new Holds(measured));
    }
    Duration stalled = stalledDuring(gap, history);
    if (gap.length().minus(stalled).compareTo(limit) <= 0) {
      return new Inconclusive(
          List.of(measured),
          "the load generator itself stalled for %d ms of it".formatted(stalled.toMillis()));
    }
    return new Violated(
        List.of(measured),
        List.of(
            gap.ended()
                ? "no write was acknowledged for %d ms".formatted(gap.length().toMillis())
                : "no write was acknowledged in the last %d ms of the load"
                    .formatted(gap.length().toMillis())));
  }

  private static String tooEarly(Event event) {
    return "no write was acknowledged after %s of %s: the load must go on until one is"
        .formatted(event.kind().text(), event.node());
  }

  private static Duration stalledDuring(Outage gap, History history) {
    long stalled = 0;
    for (Event event : history.events(Kind.HICCUP)) {
      long to = event.monoNs();
      long from = to - ((Number) event.data().get("ns")).longValue();
      stalled += Math.max(0, Math.min(to, gap.toNs()) - Math.max(from, gap.fromNs()));
    }
    return Duration.ofNanos(stalled);
  }
}
