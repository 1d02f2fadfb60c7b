package dev.pgdrill.check;

import dev.pgdrill.check.Verdict.Holds;
import dev.pgdrill.check.Verdict.Inconclusive;
import dev.pgdrill.check.Verdict.Violated;
import dev.pgdrill.history.History;
import java.util.ArrayList;
import java.util.List;

/**
 * No client saw an error: every write that was attempted was acknowledged.
 *
 * @param promise the promise's id
 */
public record UndisturbedCheck(String promise) implements Check {

  /** {@code failover.failedOperations}. */
  public static UndisturbedCheck noClientSawAnError() {
    return new UndisturbedCheck("failover.failedOperations");
  }

  @Override
  public Verdict judge(History history) {
    if (history.attempted().isEmpty()) {
      return new Inconclusive("no write was attempted: there was nobody to disturb");
    }
    int notAcknowledged =
        history.attempted().getCardinality() - history.acknowledged().getCardinality();
    var measured = Measurement.atMost(0, "not acknowledged", notAcknowledged, "writes");
    if (notAcknowledged == 0) {
      return new Holds(measured);
    }
    var evidence = new ArrayList<String>();
    history.errors().forEach((error, count) -> evidence.add(count + " x " + error));
    return new Violated(List.of(measured), evidence);
  }
}
