package dev.pgdrill.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTests {
  // 1 and 2 acknowledged, 3 failed, 4 unknown, 5 unknown, 6 still in flight.
  private final HistoryFixture fixture =
      HistoryFixture.load()
          .acknowledged(1, 2)
          .failed("40001", "could not serialize", 3)
          .unknown("08006", "connection lost", 4, 5)
          .inFlight(6);

  @Test
  void whatWasAcknowledgedAndIsNotThereIsLost() {
    assertThat(fixture.history().lost(read(1, 4))).containsExactly(2);
  }

  @Test
  void whatNobodyWroteIsUnexpected() {
    assertThat(fixture.history().unexpected(read(1, 6, 7, 99))).containsExactly(7, 99);
  }

  @Test
  void whatWasNotAcknowledgedAndIsThereIsRecovered() {
    assertThat(fixture.history().recovered(read(1, 2, 3, 4, 6, 7))).containsExactly(3, 4, 6);
  }

  @Test
  void whatFailedAndIsThereIsMisreported() {
    assertThat(fixture.history().misreported(read(1, 2, 3, 4))).containsExactly(3);
  }

  @Test
  void whatIsReadMoreThanOnceIsDuplicatedWhateverTheOrder() {
    FinalRead read = read(9, 1, 9, 2, 1, 9);

    assertThat(read.ids()).containsExactly(1, 2, 9);
    assertThat(read.duplicated()).containsExactly(1, 9);
  }

  @Test
  void cleanReadHasNothingWrong() {
    FinalRead read = read(1, 2, 4);
    History history = fixture.history();

    assertThat(history.lost(read)).isEmpty();
    assertThat(history.unexpected(read)).isEmpty();
    assertThat(history.misreported(read)).isEmpty();
    assertThat(read.duplicated()).isEmpty();
  }

  private static FinalRead read(int... rows) {
    var collector = new FinalRead.Collector();
    for (int row : rows) {
      collector.add(row);
    }
    return collector.from("pg1", true);
  }
}
