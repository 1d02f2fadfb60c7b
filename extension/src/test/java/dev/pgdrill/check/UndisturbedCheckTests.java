package dev.pgdrill.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.check.Verdict.Holds;
import dev.pgdrill.check.Verdict.Inconclusive;
import dev.pgdrill.check.Verdict.Violated;
import dev.pgdrill.history.HistoryFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndisturbedCheckTests {
  private final UndisturbedCheck check = UndisturbedCheck.noClientSawAnError();

  @Test
  void judgesTheFailedOperations() {
    assertThat(check.promise()).isEqualTo("failover.failedOperations");
  }

  @Test
  void holdsWhenEveryWriteWasAcknowledged() {
    assertThat(check.judge(HistoryFixture.load().acknowledged(0, 1).history()))
        .isEqualTo(new Holds(measured(0)));
  }

  @Test
  void rejectsAFailedWrite() {
    var load = HistoryFixture.load().acknowledged(0).failed("57P01", "terminated", 1, 2);

    assertThat(check.judge(load.history()))
        .isEqualTo(new Violated(List.of(measured(2)), List.of("2 x 57P01 terminated")));
  }

  @Test
  void rejectsAWriteOfUnknownOutcomeEvenIfItIsThere() {
    var load = HistoryFixture.load().acknowledged(0).unknown("08006", "connection lost", 1);

    assertThat(check.judge(load.primaryHas(0, 1).history()))
        .isEqualTo(new Violated(List.of(measured(1)), List.of("1 x 08006 connection lost")));
  }

  @Test
  void rejectsAWriteThatNeverEnded() {
    assertThat(check.judge(HistoryFixture.load().acknowledged(0).inFlight(1).history()))
        .isInstanceOf(Violated.class);
  }

  @Test
  void isInconclusiveWhenNobodyWrote() {
    assertThat(check.judge(HistoryFixture.load().stopped().history()))
        .isEqualTo(new Inconclusive("no write was attempted: there was nobody to disturb"));
  }

  private static Measurement measured(int writes) {
    return Measurement.atMost(0, "not acknowledged", writes, "writes");
  }
}
