package dev.pgdrill.cluster;

import dev.pgdrill.plan.Timeouts;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Waiting for a named condition until a deadline. Budgets are multiplied by {@code
 * pgdrill.timeoutFactor}; a probe that throws counts as not yet, and its exception becomes the
 * cause of the time-out; {@link HopelessException} ends the wait at once.
 */
public final class Await {

  /** One look at the condition; it must return soon and may throw. */
  @FunctionalInterface
  public interface Probe<T> {
    Progress<T> look() throws Exception;
  }

  private static final long FIRST_PAUSE_NANOS = 2_000_000;
  private static final long LONGEST_PAUSE_NANOS = 50_000_000;

  private Await() {}

  /**
   * Waits until the probe is done and returns its value.
   *
   * @param what the condition, such as {@code "pg2 streaming from pg1"}
   * @param budget how long to wait before the factor is applied
   * @throws NotInTimeException when the deadline passes, with the state last seen
   * @throws HopelessException when the probe says that waiting is in vain
   */
  public static <T> T until(String what, Duration budget, Probe<T> probe) {
    Duration limit = Timeouts.scaled(budget);
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      String state;
      Exception cause = null;
      try {
        Progress<T> progress = probe.look();
        if (progress.value().isPresent()) {
          return progress.value().get();
        }
        state = progress.state();
      } catch (HopelessException e) {
        throw e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted(what);
      } catch (Exception e) {
        state = e.getMessage();
        cause = e;
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (waited.compareTo(limit) >= 0) {
        throw new NotInTimeException(what, waited, limit, state, cause);
      }
      LockSupport.parkNanos(Math.min(pause, limit.minus(waited).toNanos()));
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(what);
      }
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
    }
  }

  private static HopelessException interrupted(String what) {
    return new HopelessException("interrupted while waiting for: " + what);
  }
}
