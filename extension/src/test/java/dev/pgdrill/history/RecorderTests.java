package dev.pgdrill.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.pgdrill.topology.Lsn;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecorderTests {

  @Test
  void everyOutcomeHasItsOwnSetAndEachWriteIsInOneOfThem() {
    var fixture = HistoryFixture.load();

    History history =
        fixture
            .acknowledged(0, 1)
            .failed("40001", "could not serialize", 2)
            .unknown("08006", "connection lost", 3)
            .inFlight(4)
            .history();

    assertThat(history.attempted()).containsExactly(0, 1, 2, 3, 4);
    assertThat(history.acknowledged()).containsExactly(0, 1);
    assertThat(history.failed()).containsExactly(2);
    assertThat(history.unknown()).containsExactly(3);
    assertThat(fixture.recorder().acknowledgedCount()).isEqualTo(2);
  }

  @Test
  void errorsAreCountedByStateAndMessage() {
    var fixture = HistoryFixture.load();

    fixture.failed("53300", "too many clients", 0, 1).failed("53300", "slots are reserved", 2);
    fixture.unknown("57P01", "terminated", 3);

    assertThat(fixture.history().errors())
        .containsOnly(
            entry("53300 too many clients", 2L),
            entry("53300 slots are reserved", 1L),
            entry("57P01 terminated", 1L));
  }

  @Test
  void snapshotDoesNotChangeWhenTheLoadGoesOn() {
    var fixture = HistoryFixture.load().acknowledged(0);
    History before = fixture.history();

    fixture.at(5).acknowledged(1).failed("40001", "could not serialize", 2).hiccup(1);

    assertThat(before.attempted()).containsExactly(0);
    assertThat(before.acknowledged()).containsExactly(0);
    assertThat(before.errors()).isEmpty();
    assertThat(before.events()).hasSize(1);
    assertThat(fixture.history().events()).hasSize(2);
  }

  @Test
  void longestGapLiesBetweenTwoAcknowledgements() {
    var fixture = HistoryFixture.load().at(1).acknowledged(0).at(3).acknowledged(1);

    fixture.at(40).failed("08006", "connection lost", 2);
    fixture.at(83).acknowledged(3).at(84).acknowledged(4).stopped();

    assertThat(fixture.history().longestGap()).contains(outage(3, 83, true));
  }

  @Test
  void gapBeforeTheFirstAcknowledgementCountsFromTheStartOfTheLoad() {
    History history =
        HistoryFixture.load().at(70).acknowledged(0).at(71).acknowledged(1).stopped().history();

    assertThat(history.longestGap()).contains(outage(0, 70, true));
  }

  @Test
  void gapThatNoAcknowledgementEndsIsOpen() {
    History history = HistoryFixture.load().at(1).acknowledged(0).at(90).stopped().history();

    assertThat(history.longestGap()).contains(outage(1, 90, false));
  }

  @Test
  void openGapCountsWhileTheLoadStillRuns() {
    var fixture = HistoryFixture.load().at(1).acknowledged(0);

    assertThat(fixture.at(500).history().longestGap()).contains(outage(1, 500, false));
    assertThat(fixture.at(600).acknowledged(1).history().longestGap())
        .contains(outage(1, 600, true));
  }

  @Test
  void whatIsAcknowledgedAfterTheLoadEndsNoGap() {
    var fixture = HistoryFixture.load().at(1).acknowledged(0).at(50).stopped();

    fixture.at(900).acknowledged(1);

    assertThat(fixture.history().longestGap()).contains(outage(1, 50, false));
  }

  @Test
  void stragglerOfAnotherThreadDoesNotTurnTheClockBack() {
    var fixture = HistoryFixture.load().at(10).acknowledged(0);

    fixture.at(7).acknowledged(1).at(21).acknowledged(2).stopped();

    assertThat(fixture.history().longestGap()).contains(outage(10, 21, true));
  }

  @Test
  void withoutALoadThereIsNoGap() {
    History history = HistoryFixture.noLoad(HistoryFile.none()).at(100).history();

    assertThat(history.longestGap()).isEmpty();
    assertThat(history.attempted().isEmpty()).isTrue();
  }

  @Test
  void commitsBeyondTheSwitchPointAreFoundByTheTransactionThatWroteThem() {
    var fixture = HistoryFixture.load().acknowledged(0, 1).failed("40001", "no", 2);

    fixture.switched("0/3000000", "0/3000060", 1, 2, 77);

    assertThat(fixture.history().switchPoint()).contains(Lsn.parse("0/3000000"));
    assertThat(fixture.history().commitLsns()).containsOnly(entry(1, Lsn.parse("0/3000060")));
    assertThat(fixture.history().events(Kind.SAMPLE))
        .singleElement()
        .satisfies(event -> assertThat(event.data()).containsEntry("value", 3));
  }

  @Test
  void transactionNumbersBeyondTwoThousandMillionAreUnsigned() {
    var recorder = new Recorder(HistoryFile.none(), "c1", "drill");
    recorder.invoked(0);
    recorder.completed(0, 1, 2, new Outcome.Ok((int) 4_000_000_000L));
    recorder.note(Kind.ROLE_CHANGE, "pg2", Map.of("role", "primary"));

    recorder.divergence(Lsn.parse("0/1"), Map.of(4_000_000_000L, Lsn.parse("0/2")));

    assertThat(recorder.snapshot().commitLsns()).containsOnly(entry(0, Lsn.parse("0/2")));
  }

  @Test
  void eventsCarryTheClusterTheDrillAndTheClock() {
    var fixture = HistoryFixture.noLoad(HistoryFile.none()).at(250);

    fixture.note(Kind.FAULT_REQUESTED, "pg1", Map.of("fault", "kill"));

    Event event = fixture.history().events(Kind.FAULT_REQUESTED).get(0);
    assertThat(event.cluster()).isEqualTo("c1");
    assertThat(event.drill()).isEqualTo("failover.fixture");
    assertThat(event.node()).isEqualTo("pg1");
    assertThat(event.monoNs()).isEqualTo(HistoryFixture.ZERO_NS + 250_000_000);
    assertThat(event.data()).containsExactly(entry("fault", "kill"));
  }

  @Test
  void aMillionWritesTakeAFewBytesEach() {
    var recorder = new Recorder(HistoryFile.none(), "c1", "drill");
    recorder.loadStarted(Map.of("step", "load started"));

    for (int id = 0; id < 1_000_000; id++) {
      recorder.invoked(id);
      recorder.completed(id, id * 1_000L, id * 1_000L + 5_000_000, new Outcome.Ok(id));
    }

    assertThat(recorder.acknowledgedCount()).isEqualTo(1_000_000);
    assertThat(StructureSize.of(recorder)).isBetween(4_000_000L, 8_000_000L);
  }

  private static Outage outage(long fromMs, long toMs, boolean ended) {
    var outage =
        new Outage(
            HistoryFixture.ZERO_NS + fromMs * 1_000_000,
            HistoryFixture.ZERO_NS + toMs * 1_000_000,
            ended);
    assertThat(outage.length()).isEqualTo(Duration.ofMillis(toMs - fromMs));
    return outage;
  }
}
