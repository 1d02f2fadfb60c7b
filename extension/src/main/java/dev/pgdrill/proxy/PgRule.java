package dev.pgdrill.proxy;

/** A PostgreSQL-aware toxic at work on one connection. All calls come on its event loop. */
interface PgRule {
  /** What shall become of a message. */
  record Verdict(boolean cut, long delayNanos) {
    static final Verdict PASS = new Verdict(false, 0);
    static final Verdict CUT = new Verdict(true, 0);

    boolean passes() {
      return !cut && delayNanos == 0;
    }
  }

  Verdict judge(PgMessage message);

  /** Whether {@link #judge} needs to know queries' texts. */
  default boolean readsQueries() {
    return false;
  }

  /** Whether {@link #committing} is wanted. */
  default boolean readsCommits() {
    return false;
  }

  /**
   * A COMMIT has been sent to the server as a whole.
   *
   * @param readyBefore how many ReadyForQuery the server owes for what was sent before
   */
  default void committing(int readyBefore) {}
}
