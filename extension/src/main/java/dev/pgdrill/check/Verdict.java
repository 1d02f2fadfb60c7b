package dev.pgdrill.check;

import java.util.List;

/** What a check says of a history. Only {@link Holds} is green. */
public sealed interface Verdict {

  /** What was measured on the way; may be empty. */
  List<Measurement> measurements();

  /** The promise was kept. */
  record Holds(List<Measurement> measurements) implements Verdict {
    public Holds(Measurement... measurements) {
      this(List.of(measurements));
    }
  }

  /**
   * The promise was broken.
   *
   * @param evidence what shows it, one fact a line
   */
  record Violated(List<Measurement> measurements, List<String> evidence) implements Verdict {}

  /**
   * The history does not tell.
   *
   * @param reason what is missing
   */
  record Inconclusive(List<Measurement> measurements, String reason) implements Verdict {
    public Inconclusive(String reason) {
      this(List.of(), reason);
    }
  }
}
