package dev.pgdrill.topology;

import java.util.Locale;

/** How a commit on the primary waits for its replicas. */
public enum Replication {
  /** A commit waits for the primary's own disk only ({@code synchronous_standby_names} empty). */
  ASYNC,
  /** A commit waits until one replica has flushed it ({@code ANY 1 (...)} of all replicas). */
  SYNC;

  /** {@code async} or {@code sync}, as it stands in drill ids. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
