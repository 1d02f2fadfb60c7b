package dev.pgdrill.check;

import dev.pgdrill.history.History;

/** A promise, and a pure function that tells from a history whether it was kept. */
public interface Check {

  /** The promise's id: its path in the plan, such as {@code failover.rto}. */
  String promise();

  /** Judges; the same history always gets the same verdict. */
  Verdict judge(History history);
}
