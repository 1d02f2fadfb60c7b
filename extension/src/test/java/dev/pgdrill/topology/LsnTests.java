package dev.pgdrill.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTests {

  @ParameterizedTest
  @CsvSource({
    "0/0, 0",
    "0/16B3748, 23803720",
    "1/0, 4294967296",
    "2/00000010, 8589934608",
    "ffffffff/FFFFFFFF, -1"
  })
  void readsTheTwoHalves(String text, long position) {
    assertThat(Lsn.parse(text)).isEqualTo(new Lsn(position));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/0", "0/16B3748", "1A/FF", "FFFFFFFF/FFFFFFFF"})
  void writesWhatPostgresWrites(String text) {
    assertThat(Lsn.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "16B3748",
        "0/",
        "/1",
        "0/G",
        "0/-1",
        "+1/0",
        "1/2/3",
        "0/123456789",
        " 0/0"
      })
  void refusesWhatIsNoPosition(String text) {
    assertThatThrownBy(() -> Lsn.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an LSN: \"%s\", expected as 0/16B3748", text);
  }

  @Test
  void ordersPositionsAsUnsigned() {
    assertThat(Lsn.parse("0/FFFFFFFF")).isLessThan(Lsn.parse("1/0"));
    assertThat(Lsn.parse("FFFFFFFF/0")).isGreaterThan(Lsn.parse("7FFFFFFF/0"));
    assertThat(Lsn.parse("3/A0")).isEqualByComparingTo(Lsn.parse("3/a0"));
  }

  @Test
  void subtractsAcrossTheHalves() {
    assertThat(Lsn.parse("1/10").minus(Lsn.parse("0/FFFFFFF0"))).isEqualTo(32);
    assertThat(Lsn.parse("0/10").minus(Lsn.parse("0/20"))).isEqualTo(-16);
  }
}
