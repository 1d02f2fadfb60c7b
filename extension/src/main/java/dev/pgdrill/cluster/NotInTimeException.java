package dev.pgdrill.cluster;

import java.time.Duration;

/** A condition did not come true in time: what, how long, the budget, and what was seen last. */
public final class NotInTimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotInTimeException(String what, Duration waited, Duration budget, String state, Exception cause) {
    super(
        "not %s after %s (budget %s); last seen: %s"
            .formatted(what, seconds(waited), seconds(budget), state),
        cause);
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toNanos() / 1e9);
  }
}
