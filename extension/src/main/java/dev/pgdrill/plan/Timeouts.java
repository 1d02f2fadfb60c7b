package dev.pgdrill.plan;

import java.time.Duration;

/** The one multiplier for all deadlines: {@code pgdrill.timeoutFactor}. */
public final class Timeouts {
  private Timeouts() {}

  /** {@code budget} times {@code pgdrill.timeoutFactor}. */
  public static Duration scaled(Duration budget) {
    return Duration.ofNanos((long) (budget.toNanos() * factor()));
  }

  private static double factor() {
    return Setting.TIMEOUT_FACTOR.find().map(Timeouts::parse).orElse(1.0);
  }

  private static double parse(String value) {
    try {
      double factor = Double.parseDouble(value);
      if (factor >= 0.1 && factor <= 100) {
        return factor;
      }
    } catch (NumberFormatException e) {
      throw refused(value);
    }
    throw refused(value);
  }

  private static InvalidSettingException refused(String value) {
    return new InvalidSettingException(
        Setting.TIMEOUT_FACTOR, value, "a number from 0.1 to 100, such as 2.5");
  }
}
