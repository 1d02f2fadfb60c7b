package dev.pgdrill.check;

import dev.pgdrill.check.Verdict.Inconclusive;
import dev.pgdrill.check.Verdict.Violated;
import dev.pgdrill.history.FinalRead;
import dev.pgdrill.history.History;
import java.util.ArrayList;
import java.util.List;

/**
 * What is stored was meant to be: no row that nobody wrote, none twice, none that its client was
 * told had failed.
 *
 * @param promise the promise's id
 */
public record FaithfulWritesCheck(String promise) implements Check {

  /** {@code failover.faithfulWrites}. */
  public static FaithfulWritesCheck noWriteUnexpectedOrDuplicated() {
    return new FaithfulWritesCheck("failover.faithfulWrites");
  }

  @Override
  public Verdict judge(History history) {
    var verdicts =
        List.of(
            FinalReads.none(history, "unexpected", history::unexpected),
            FinalReads.none(history, "duplicated", FinalRead::duplicated),
            FinalReads.none(history, "misreported", history::misreported));
    var measurements = new ArrayList<Measurement>();
    var evidence = new ArrayList<String>();
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Inconclusive) {
        return verdict;
      }
      measurements.addAll(verdict.measurements());
      if (verdict instanceof Violated violated) {
        evidence.addAll(violated.evidence());
      }
    }
    return evidence.isEmpty()
        ? new Verdict.Holds(measurements)
        : new Violated(measurements, evidence);
  }
}
