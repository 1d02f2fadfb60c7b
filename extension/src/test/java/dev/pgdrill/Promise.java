package dev.pgdrill;

import dev.pgdrill.check.Check;
import dev.pgdrill.check.Measurement;
import dev.pgdrill.check.Verdict;
import dev.pgdrill.history.History;
import java.util.List;

/** A check whose verdict is known beforehand. */
public record Promise(String promise, Verdict verdict) implements Check {

  public static Promise kept(String promise) {
    return new Promise(promise, new Verdict.Holds(Measurement.of("lost", 0, "writes")));
  }

  public static Promise broken(String promise, String evidence) {
    var lost = Measurement.atMost(0, "lost", 3, "writes");
    return new Promise(promise, new Verdict.Violated(List.of(lost), List.of(evidence)));
  }

  public static Promise open(String promise, String reason) {
    return new Promise(promise, new Verdict.Inconclusive(reason));
  }

  @Override
  public Verdict judge(History history) {
    return verdict;
  }
}
