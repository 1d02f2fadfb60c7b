package dev.pgdrill.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatenciesTests {

  @Test
  void latencyCountsFromTheIntendedStart() {
    var load = HistoryFixture.load();
    for (int id = 0; id < 98; id++) {
      load.at(id).acknowledgedAfter(10, id);
    }
    load.at(98).acknowledgedAfter(400, 98).at(100).acknowledgedAfter(800, 99);

    LatencySummary latency = load.history().latency();

    assertThat(latency.count()).isEqualTo(100);
    assertThat(latency.p50Ms()).isCloseTo(10, perMille(10));
    assertThat(latency.p95Ms()).isCloseTo(10, perMille(10));
    assertThat(latency.p99Ms()).isCloseTo(400, perMille(400));
    assertThat(latency.maxMs()).isCloseTo(800, perMille(800));
    assertThat(latency.perSecond()).isCloseTo(1_000, within(1e-6));
  }

  @Test
  void rateCountsUntilTheLastOutcomeEvenIfItIsAFailure() {
    var load = HistoryFixture.load().at(500).acknowledged(0, 1);

    load.at(4_000).failed("08006", "connection lost", 2);

    assertThat(load.history().latency().perSecond()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void eachSecondStandsForItselfAndAnOutageShowsAsEmptySeconds() {
    var load =
        HistoryFixture.load().at(100).acknowledgedAfter(2, 0).at(999).acknowledgedAfter(6, 1);
    load.at(2_500).failed("08006", "connection lost", 2).unknown("", "no answer", 3);
    load.at(4_000).acknowledgedAfter(1_500, 4);

    List<Second> seconds = load.history().seconds();

    assertThat(seconds).extracting(Second::second).containsExactly(0L, 1L, 2L, 3L);
    assertThat(seconds).extracting(Second::acknowledged).containsExactly(2L, 0L, 0L, 0L);
    assertThat(seconds).extracting(Second::missed).containsExactly(0L, 0L, 2L, 0L);
    assertThat(seconds.get(0).p50Ms()).isCloseTo(2, perMille(2));
    assertThat(seconds.get(0).maxMs()).isCloseTo(6, perMille(6));
    assertThat(seconds.get(1).maxMs()).isZero();
  }

  @Test
  void stragglerCountsInTheOpenSecond() {
    var load = HistoryFixture.load().at(1_001).acknowledged(0);

    load.at(999).acknowledged(1).at(2_000).acknowledged(2);

    assertThat(load.history().seconds()).extracting(Second::acknowledged).containsExactly(0L, 2L);
  }

  @Test
  void nothingAcknowledgedIsARateOfZero() {
    LatencySummary latency = HistoryFixture.load().at(10).history().latency();

    assertThat(latency).isEqualTo(new LatencySummary(0, 0, 0, 0, 0, 0));
  }

  private static Offset<Double> perMille(double value) {
    return within(value / 1_000);
  }
}
