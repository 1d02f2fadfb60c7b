package dev.pgdrill.history;

/**
 * How an operation ended, after Jepsen's rule: what the client cannot know stays unknown.
 *
 * @see <a href="https://github.com/jepsen-io/jepsen">Jepsen: ok, fail and info</a>
 */
public sealed interface Outcome {

  /**
   * The server acknowledged the commit.
   *
   * @param xid 32-bit transaction id, unsigned, as the server's WAL names it
   */
  record Ok(int xid) implements Outcome {}

  /**
   * Definitely not applied.
   *
   * @param sqlState of the error, or {@code ""} when there is none
   */
  record Failed(String sqlState, String message) implements Outcome {}

  /**
   * It may or may not have been applied: the answer to COMMIT never came, or promised too little.
   *
   * @param sqlState of the error, or {@code ""} when there is none
   */
  record Unknown(String sqlState, String message) implements Outcome {}
}
