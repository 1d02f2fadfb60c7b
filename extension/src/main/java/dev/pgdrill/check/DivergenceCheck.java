package dev.pgdrill.check;

import dev.pgdrill.check.Verdict.Holds;
import dev.pgdrill.check.Verdict.Inconclusive;
import dev.pgdrill.check.Verdict.Violated;
import dev.pgdrill.history.FinalRead;
import dev.pgdrill.history.History;
import java.util.List;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * After an asynchronous failover, a lost write is excused only by its place: its commit must stand
 * in the old primary's WAL at or beyond the point where the new timeline left it. A lost write
 * whose commit is not there was lost by something else. How many may be lost is not bounded here.
 *
 * @param promise the promise's id
 */
public record DivergenceCheck(String promise) implements Check {

  /** {@code failover.lostWrites} under asynchronous replication. */
  public static DivergenceCheck onlyWritesBeyondTheSwitchPointLost() {
    return new DivergenceCheck("failover.lostWrites");
  }

  @Override
  public Verdict judge(History history) {
    Inconclusive unusable = FinalReads.unusable(history);
    if (unusable != null) {
      return unusable;
    }
    if (history.switchPoint().isEmpty()) {
      return new Inconclusive("it is not known where the new timeline left the old one");
    }
    var lost = new RoaringBitmap();
    for (FinalRead read : history.finalReads()) {
      lost.or(history.lost(read));
    }
    RoaringBitmap unexplained = withoutCommitBeyondSwitch(lost, history);
    var measured = Measurement.of("lost", lost.getCardinality(), "writes");
    var judged = Measurement.atMost(0, "unexplained", unexplained.getCardinality(), "writes");
    if (unexplained.isEmpty()) {
      return new Holds(measured, judged);
    }
    return new Violated(
        List.of(measured, judged),
        List.of(
            "lost, though the old primary's WAL has no commit of it at or beyond %s: %s"
                .formatted(history.switchPoint().get(), FinalReads.some(unexplained))));
  }

  private static RoaringBitmap withoutCommitBeyondSwitch(RoaringBitmap lost, History history) {
    var unexplained = new RoaringBitmap();
    PeekableIntIterator ids = lost.getIntIterator();
    while (ids.hasNext()) {
      int id = ids.next();
      var lsn = history.commitLsns().get(id);
      if (lsn == null || lsn.compareTo(history.switchPoint().get()) < 0) {
        unexplained.add(id);
      }
    }
    return unexplained;
  }
}
