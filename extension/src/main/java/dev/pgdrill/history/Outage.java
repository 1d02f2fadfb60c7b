package dev.pgdrill.history;

import java.time.Duration;

/**
 * A time in which no write was acknowledged.
 *
 * @param fromNs the last acknowledgement before it, or the start of the load
 * @param toNs the first acknowledgement after it, or the end of the load; monotonic clock
 * @param ended whether an acknowledgement ended it
 */
public record Outage(long fromNs, long toNs, boolean ended) {

  public Duration length() {
    return Duration.ofNanos(toNs - fromNs);
  }
}
