package dev.pgdrill.scenarios.examples;

import dev.pgdrill.check.Check;
import dev.pgdrill.check.Measurement;
import dev.pgdrill.check.Verdict;
import dev.pgdrill.history.History;
import java.util.List;

/** At most that many writes ended without an answer to their commit. */
record FewUnknownsCheck(int limit) implements Check {

  @Override
  public String promise() {
    return "failover.unknownWrites";
  }

  @Override
  public Verdict judge(History history) {
    if (history.attempted().isEmpty()) {
      return new Verdict.Inconclusive("no write was attempted");
    }
    int unknown = history.unknown().getCardinality();
    var measured = Measurement.atMost(limit, "unknown", unknown, "writes");
    return unknown <= limit
        ? new Verdict.Holds(measured)
        : new Verdict.Violated(List.of(measured), List.of(unknown + " commits got no answer"));
  }
}
