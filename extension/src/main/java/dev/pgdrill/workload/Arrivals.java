package dev.pgdrill.workload;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands out write ids, 0, 1, 2, ..., each with the time at which it was meant to start. In an open
 * model that time does not depend on how long earlier writes took: what piles up during an outage
 * starts late and its latency shows it.
 */
final class Arrivals {
  private static final double NANOS = 1e9;

  /** A waiting client looks this often whether the load has ended. */
  private static final long LONGEST_PARK_NANOS = 20_000_000;

  /** A write to be made. */
  record Arrival(int id, long intendedNs) {}

  private final AtomicInteger next = new AtomicInteger();
  private final double perSecond;
  private final long startNs;
  private volatile boolean ended;

  Arrivals(double perSecond, long startNs) {
    this.perSecond = perSecond;
    this.startNs = startNs;
  }

  /**
   * The next write, at its time, for which the caller waits here; empty once the load has ended.
   */
  Optional<Arrival> next() {
    if (ended) {
      return Optional.empty();
    }
    int id = next.getAndIncrement();
    if (perSecond == 0) {
      return Optional.of(new Arrival(id, System.nanoTime()));
    }
    long intended = startNs + (long) (id * (NANOS / perSecond));
    long early = intended - System.nanoTime();
    while (early > 0) {
      if (ended) {
        return Optional.empty();
      }
      LockSupport.parkNanos(Math.min(early, LONGEST_PARK_NANOS));
      early = intended - System.nanoTime();
    }
    return Optional.of(new Arrival(id, intended));
  }

  void end() {
    ended = true;
  }
}
