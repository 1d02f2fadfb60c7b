package dev.pgdrill.history;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Latency of acknowledged writes, over all and second by second. */
final class Latencies {
  private static final int DIGITS = 3;
  private static final long SECOND_NS = 1_000_000_000;

  private final Histogram total = new Histogram(DIGITS);
  private final Histogram current = new Histogram(DIGITS);
  private final List<Second> seconds = new ArrayList<>();
  private long start;
  private long openSecond;
  private long missed;
  private long lastNs;

  void started(long ns) {
    start = ns;
    lastNs = ns;
  }

  void acknowledged(long latencyNs, long endNs) {
    roll(endNs);
    long value = Math.max(0, latencyNs);
    total.recordValue(value);
    current.recordValue(value);
  }

  void missed(long endNs) {
    roll(endNs);
    missed++;
  }

  // Threads report in nearly the order of their clocks; a straggler counts in the open second.
  private void roll(long endNs) {
    lastNs = Math.max(lastNs, endNs);
    long second = (endNs - start) / SECOND_NS;
    while (openSecond < second) {
      seconds.add(close());
      openSecond++;
    }
  }

  private Second close() {
    var second =
        new Second(
            openSecond,
            current.getTotalCount(),
            missed,
            millis(current, 50),
            millis(current, 99),
            current.getMaxValue() / 1e6);
    current.reset();
    missed = 0;
    return second;
  }

  /** The load ends here: the second that is open is over, too. */
  void stopped(long ns) {
    roll(ns);
    if (current.getTotalCount() > 0 || missed > 0) {
      seconds.add(close());
      openSecond++;
    }
  }

  /** The seconds that are over. */
  List<Second> seconds() {
    return List.copyOf(seconds);
  }

  LatencySummary summary() {
    double elapsed = (lastNs - start) / 1e9;
    return new LatencySummary(
        total.getTotalCount(),
        elapsed > 0 ? total.getTotalCount() / elapsed : 0,
        millis(total, 50),
        millis(total, 95),
        millis(total, 99),
        total.getMaxValue() / 1e6);
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }
}
