package dev.pgdrill.workload;

import dev.pgdrill.history.Outcome;
import java.sql.SQLException;
import java.sql.SQLWarning;

/**
 * What an answer, or its absence, says of a transaction. Before COMMIT was sent nothing can have
 * been applied. Once it was sent, only an error that the server gives instead of a commit is a
 * failure; every other one leaves the outcome unknown.
 */
final class Outcomes {
  /** A commit whose wait for a standby was cancelled is acknowledged with this warning. */
  private static final String WARNING_CLASS = "01";

  private Outcomes() {}

  static Outcome beforeCommit(SQLException e) {
    return new Outcome.Failed(state(e), e.getMessage());
  }

  static Outcome atCommit(SQLException e) {
    return rolledBack(state(e))
        ? new Outcome.Failed(state(e), e.getMessage())
        : new Outcome.Unknown(state(e), e.getMessage());
  }

  /** The first warning may be a mere notice: all that came with the answer are looked at. */
  static Outcome committed(int xid, SQLWarning warning) {
    for (SQLWarning one = warning; one != null; one = one.getNextWarning()) {
      if (state(one).startsWith(WARNING_CLASS)) {
        return new Outcome.Unknown(state(one), one.getMessage());
      }
    }
    return new Outcome.Ok(xid);
  }

  /**
   * Serialization failure, deadlock, a constraint checked at commit, or a transaction that had
   * failed before: the server answered COMMIT with a rollback.
   */
  private static boolean rolledBack(String sqlState) {
    return sqlState.equals("40001")
        || sqlState.equals("40P01")
        || sqlState.startsWith("23")
        || sqlState.equals("25P02");
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }
}
