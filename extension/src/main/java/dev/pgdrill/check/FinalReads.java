package dev.pgdrill.check;

import dev.pgdrill.check.Verdict.Holds;
import dev.pgdrill.check.Verdict.Inconclusive;
import dev.pgdrill.check.Verdict.Violated;
import dev.pgdrill.history.FinalRead;
import dev.pgdrill.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.roaringbitmap.RoaringBitmap;

/** What the checks of a set of writes share: every server that was read must be right. */
final class FinalReads {
  private static final int SHOWN = 20;

  private FinalReads() {}

  /** Why nothing can be said of writes, or null when something can. */
  static Inconclusive unusable(History history) {
    if (history.acknowledged().isEmpty()) {
      return new Inconclusive("no write was acknowledged: there was nothing to lose");
    }
    if (history.finalReads().isEmpty()) {
      return new Inconclusive("no server was read back after the load");
    }
    if (history.finalReads().stream().noneMatch(FinalRead::primary)) {
      return new Inconclusive("the primary was not read back after the load");
    }
    return null;
  }

  /** Holds if no final read has any of the ids that {@code wrong} picks. */
  static Verdict none(History history, String name, Function<FinalRead, RoaringBitmap> wrong) {
    Inconclusive unusable = unusable(history);
    if (unusable != null) {
      return unusable;
    }
    int worst = 0;
    var evidence = new ArrayList<String>();
    for (FinalRead read : history.finalReads()) {
      RoaringBitmap ids = wrong.apply(read);
      worst = Math.max(worst, ids.getCardinality());
      if (!ids.isEmpty()) {
        evidence.add("%s on %s: %s".formatted(name, read.node(), some(ids)));
      }
    }
    var measured = Measurement.atMost(0, name, worst, "writes");
    return worst == 0 ? new Holds(measured) : new Violated(List.of(measured), evidence);
  }

  /** The first ids, and how many more. */
  static String some(RoaringBitmap ids) {
    int[] first = ids.limit(SHOWN).toArray();
    int more = ids.getCardinality() - first.length;
    String text = java.util.Arrays.toString(first);
    return more == 0 ? text : text + " and " + more + " more";
  }
}
