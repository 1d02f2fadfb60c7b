package dev.pgdrill.check;

import dev.pgdrill.history.History;

/**
 * No acknowledged write is missing on any server that was read back.
 *
 * @param promise the promise's id
 */
public record LostWritesCheck(String promise) implements Check {

  /** {@code failover.lostWrites}. */
  public static LostWritesCheck noWriteLost() {
    return new LostWritesCheck("failover.lostWrites");
  }

  @Override
  public Verdict judge(History history) {
    return FinalReads.none(history, "lost", history::lost);
  }
}
