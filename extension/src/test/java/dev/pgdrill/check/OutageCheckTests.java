package dev.pgdrill.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.check.Verdict.Holds;
import dev.pgdrill.check.Verdict.Inconclusive;
import dev.pgdrill.check.Verdict.Violated;
import dev.pgdrill.history.History;
import dev.pgdrill.history.HistoryFixture;
import dev.pgdrill.history.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutageCheckTests {
  private final OutageCheck check = OutageCheck.recoveryWithin(Duration.ofMillis(100));

  @Test
  void judgesTheRecoveryTime() {
    assertThat(check.promise()).isEqualTo("failover.rto");
  }

  @Test
  void holdsWhenNoGapIsLongerThanTheLimit() {
    History history = load().at(110).acknowledged(1).at(210).stopped().history();

    Verdict verdict = check.judge(history);

    assertThat(verdict).isInstanceOf(Holds.class);
    assertThat(verdict.measurements())
        .containsExactly(new Measurement("outage", 100, "ms", "<= 100", "drill"));
  }

  @Test
  void rejectsAnOutageInTheMiddle() {
    History history = load().at(111).acknowledged(1).at(112).stopped().history();

    assertThat(check.judge(history))
        .isEqualTo(violated(101, "no write was acknowledged for 101 ms"));
  }

  @Test
  void rejectsAnOutageAtTheStart() {
    History history = HistoryFixture.load().at(150).acknowledged(0).stopped().history();

    assertThat(check.judge(history))
        .isEqualTo(violated(150, "no write was acknowledged for 150 ms"));
  }

  @Test
  void rejectsAnOutageThatIsOpenAtTheEnd() {
    History history = load().at(310).stopped().history();

    assertThat(check.judge(history))
        .isEqualTo(violated(300, "no write was acknowledged in the last 300 ms of the load"));
  }

  @Test
  void rejectsAnOutageThatGoesOnWhileTheLoadRuns() {
    History history = load().at(310).history();

    assertThat(check.judge(history)).isInstanceOf(Violated.class);
  }

  @Test
  void aLoadThatEndsBeforeAnybodyWritesAgainTellsNothing() {
    History history =
        load()
            .at(20)
            .note(Kind.FAULT_EFFECTIVE, "pg1", Map.of("fault", "kill"))
            .at(60)
            .stopped()
            .history();

    assertThat(check.judge(history))
        .isInstanceOfSatisfying(
            Inconclusive.class,
            open ->
                assertThat(open.reason())
                    .startsWith("no write was acknowledged after fault.effective of pg1"));
  }

  @Test
  void aWriteAfterTheFaultTellsThatItIsOver() {
    History history =
        load()
            .at(20)
            .note(Kind.FAULT_EFFECTIVE, "pg1", Map.of("fault", "kill"))
            .at(60)
            .acknowledged(1)
            .at(70)
            .stopped()
            .at(80)
            .note(Kind.FAULT_EFFECTIVE, "pg2", Map.of("fault", "after the load"))
            .history();

    assertThat(check.judge(history)).isInstanceOf(Holds.class);
  }

  @Test
  void errorsDoNotEndAnOutage() {
    var load = load();
    for (int id = 1; id < 30; id++) {
      load.at(10 + 10 * id).failed("08006", "connection refused", id);
    }

    assertThat(check.judge(load.at(310).stopped().history())).isInstanceOf(Violated.class);
  }

  @Test
  void isInconclusiveWhenTheGeneratorItselfStalled() {
    History history = load().at(130).hiccup(60).acknowledged(1).stopped().history();

    Verdict verdict = check.judge(history);

    assertThat(verdict).isInstanceOf(Inconclusive.class);
    assertThat(((Inconclusive) verdict).reason())
        .isEqualTo("the load generator itself stalled for 60 ms of it");
    assertThat(verdict.measurements()).extracting(Measurement::value).containsExactly(120.0);
  }

  @Test
  void hiccupsOfOneOutageAddUp() {
    History history =
        load().at(70).hiccup(51).at(180).hiccup(55).at(200).acknowledged(1).stopped().history();

    assertThat(check.judge(history)).isInstanceOf(Inconclusive.class);
  }

  @Test
  void rejectsAnOutageThatAHiccupExplainsOnlyInPart() {
    History history = load().at(200).hiccup(60).at(310).acknowledged(1).stopped().history();

    assertThat(check.judge(history)).isInstanceOf(Violated.class);
  }

  @Test
  void hiccupAtAnotherTimeExcusesNothing() {
    History history = load().at(130).acknowledged(1).at(200).hiccup(69).stopped().history();

    assertThat(check.judge(history)).isInstanceOf(Violated.class);
  }

  @Test
  void hiccupThatBeganBeforeTheOutageCountsOnlyFromItsBeginning() {
    History history =
        load()
            .at(1_000)
            .acknowledged(1)
            .at(1_010)
            .hiccup(990)
            .at(1_995)
            .acknowledged(2)
            .at(2_000)
            .stopped()
            .history();

    assertThat(check.judge(history)).isInstanceOf(Violated.class);
  }

  @Test
  void isInconclusiveWhenNothingWasAcknowledged() {
    var nothing = HistoryFixture.load().failed("08006", "refused", 0).at(900).stopped().history();

    assertThat(check.judge(nothing))
        .isEqualTo(new Inconclusive("no write was acknowledged: there was no load to interrupt"));
  }

  /** Acknowledged at 10 ms, well within the limit. */
  private static HistoryFixture load() {
    return HistoryFixture.load().at(10).acknowledged(0);
  }

  private static Violated violated(double ms, String evidence) {
    return new Violated(
        java.util.List.of(new Measurement("outage", ms, "ms", "<= 100", "drill")),
        java.util.List.of(evidence));
  }
}
