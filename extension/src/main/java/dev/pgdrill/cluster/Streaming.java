package dev.pgdrill.cluster;

import java.time.Duration;

/** Whether a standby streams, as its primary sees it. */
final class Streaming {
  private Streaming() {}

  /**
   * Waits until {@code primary} sees {@code replica} streaming.
   *
   * @param synchronous also wait until commits wait for it
   */
  static void await(Node primary, Node replica, boolean synchronous, Duration budget) {
    String query =
        "select coalesce((select state || ' ' || sync_state from pg_stat_replication"
            + " where application_name = "
            + Sql.literal(replica.name())
            + "), 'not connected')";
    Await.until(
        "%s streaming %sfrom %s".formatted(replica, synchronous ? "synchronously " : "", primary),
        budget,
        () -> {
          String seen = primary.query(query);
          boolean waitedFor = seen.endsWith(" sync") || seen.endsWith(" quorum");
          return Progress.when(seen.startsWith("streaming ") && (!synchronous || waitedFor), seen);
        });
  }
}
