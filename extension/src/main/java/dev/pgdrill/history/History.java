package dev.pgdrill.history;

import dev.pgdrill.topology.Lsn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a drill's clients saw, as it stood when this was taken.
 *
 * @param events everything but the single operations, in order
 * @param attempted ids of writes that were sent, or about to be
 * @param acknowledged ids whose commit the server acknowledged
 * @param failed ids that were definitely not applied
 * @param unknown ids whose commit got no answer
 * @param errors how often each error was met, by SQLSTATE and message, numbers in it as {@code N}
 * @param finalReads what servers had after the load, none if nobody looked
 * @param longestGap the longest time without an acknowledgement while the load ran
 * @param unanswered the last fault or change of roles during the load, if no write was acknowledged
 *     after it
 * @param latency over all acknowledged writes
 * @param seconds second by second
 * @param switchPoint where the current timeline left the old one, if there was a failover
 * @param commitLsns for acknowledged ids whose commit stands beyond the switch point in the old
 *     primary's WAL, its LSN
 */
public record History(
    List<Event> events,
    RoaringBitmap attempted,
    RoaringBitmap acknowledged,
    RoaringBitmap failed,
    RoaringBitmap unknown,
    Map<String, Long> errors,
    List<FinalRead> finalReads,
    Optional<Outage> longestGap,
    Optional<Event> unanswered,
    LatencySummary latency,
    List<Second> seconds,
    Optional<Lsn> switchPoint,
    Map<Integer, Lsn> commitLsns) {

  /** How many writes ended how. */
  public WriteCounts counts() {
    return new WriteCounts(
        attempted.getCardinality(),
        acknowledged.getCardinality(),
        failed.getCardinality(),
        unknown.getCardinality());
  }

  /** Acknowledged writes that the server does not have. */
  public RoaringBitmap lost(FinalRead read) {
    return RoaringBitmap.andNot(acknowledged, read.ids());
  }

  /** Rows that nobody attempted to write. */
  public RoaringBitmap unexpected(FinalRead read) {
    return RoaringBitmap.andNot(read.ids(), attempted);
  }

  /** Writes that were not acknowledged and are there all the same. */
  public RoaringBitmap recovered(FinalRead read) {
    return RoaringBitmap.andNot(RoaringBitmap.and(read.ids(), attempted), acknowledged);
  }

  /** Writes that were reported as failed and are there all the same: the client was misled. */
  public RoaringBitmap misreported(FinalRead read) {
    return RoaringBitmap.and(read.ids(), failed);
  }

  /** Events of one kind, in order. */
  public List<Event> events(Kind kind) {
    return events.stream().filter(event -> event.kind() == kind).toList();
  }
}
