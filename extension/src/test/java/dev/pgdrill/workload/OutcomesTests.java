package dev.pgdrill.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.history.Outcome;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTests {

  @ParameterizedTest
  @ValueSource(strings = {"08006", "08P01", "57P01", "40001", "53300", "25006", ""})
  void beforeCommitWasSentNothingCanHaveBeenApplied(String state) {
    assertThat(Outcomes.beforeCommit(new SQLException("why", state)))
        .isEqualTo(new Outcome.Failed(state, "why"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "23505", "23503", "25P02"})
  void serverThatRollsBackInsteadOfCommittingMakesAFailure(String state) {
    assertThat(Outcomes.atCommit(new SQLException("why", state)))
        .isEqualTo(new Outcome.Failed(state, "why"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "08003", "08P01", "57P01", "57014", "40003", "XX000", "", "2"})
  void everyOtherErrorWhileCommitWasInFlightLeavesItUnknown(String state) {
    assertThat(Outcomes.atCommit(new SQLException("why", state)))
        .isEqualTo(new Outcome.Unknown(state, "why"));
  }

  @Test
  void errorWithoutAStateIsNoReasonToFail() {
    assertThat(Outcomes.atCommit(new SQLException("socket closed")))
        .isEqualTo(new Outcome.Unknown("", "socket closed"));
    assertThat(Outcomes.beforeCommit(new SQLException("no pool")))
        .isEqualTo(new Outcome.Failed("", "no pool"));
  }

  @Test
  void answerWithoutAWarningIsACommit() {
    assertThat(Outcomes.committed(-5, null)).isEqualTo(new Outcome.Ok(-5));
  }

  @Test
  void noticeDoesNotSpoilACommit() {
    assertThat(Outcomes.committed(5, new SQLWarning("by the way", "00000")))
        .isEqualTo(new Outcome.Ok(5));
    assertThat(Outcomes.committed(5, new SQLWarning("by the way"))).isEqualTo(new Outcome.Ok(5));
  }

  @Test
  void commitWhoseWaitForAStandbyWasCancelledIsNotDurable() {
    var warning = new SQLWarning("canceling wait for synchronous replication", "01000");

    assertThat(Outcomes.committed(5, warning))
        .isEqualTo(new Outcome.Unknown("01000", "canceling wait for synchronous replication"));
  }

  @Test
  void warningThatStandsBehindANoticeCounts() {
    var first = new SQLWarning("by the way", "00000");
    first.setNextWarning(new SQLWarning("canceling wait", "01000"));

    assertThat(Outcomes.committed(5, first))
        .isEqualTo(new Outcome.Unknown("01000", "canceling wait"));
  }
}
