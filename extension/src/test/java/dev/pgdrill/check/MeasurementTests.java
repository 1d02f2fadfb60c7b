package dev.pgdrill.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class MeasurementTests {

  @Test
  void wholeNumbersStandWithoutAFraction() {
    assertThat(Measurement.of("lost", 12, "writes")).hasToString("lost 12 writes");
  }

  @Test
  void promiseStandsBesideTheNumber() {
    assertThat(Measurement.atMost(10_000, "outage", 412.25, "ms"))
        .hasToString("outage 412.3 ms (promised <= 10000)");
  }

  @Test
  @ResourceLock(Resources.LOCALE)
  void numbersReadTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {

      var measured = Measurement.atMost(0.5, "stall", 1.5, "s");

      assertThat(measured.objective()).isEqualTo("<= 0.5");
      assertThat(measured).hasToString("stall 1.5 s (promised <= 0.5)");
    } finally {
      Locale.setDefault(before);
    }
  }
}
