package dev.pgdrill.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutsTests {
  @RegisterExtension final SettingOverrides settings = new SettingOverrides();

  @Test
  void budgetsStayAsTheyAreByDefault() {
    assertThat(Timeouts.scaled(Duration.ofMillis(1_234))).isEqualTo(Duration.ofMillis(1_234));
  }

  @ParameterizedTest
  @CsvSource({"0.1, 200", "1, 2000", "2.5, 5000", "100, 200000"})
  void budgetsAreMultipliedByTheFactor(String factor, long millis) {
    settings.set(Setting.TIMEOUT_FACTOR, factor);

    assertThat(Timeouts.scaled(Duration.ofSeconds(2))).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.09", "101", "NaN", "Infinity", "2,5", "fast"})
  void factorThatCannotBeIsRefusedWithWhatCan(String factor) {
    settings.set(Setting.TIMEOUT_FACTOR, factor);

    assertThatThrownBy(() -> Timeouts.scaled(Duration.ofSeconds(1)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "pgdrill.timeoutFactor (or PGDRILL_TIMEOUT_FACTOR) is \"%s\","
                + " expected a number from 0.1 to 100, such as 2.5",
            factor);
  }
}
