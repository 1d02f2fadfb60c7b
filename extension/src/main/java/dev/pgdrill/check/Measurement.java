package dev.pgdrill.check;

import java.util.Locale;
import java.util.Objects;

/**
 * A number that a drill measured.
 *
 * @param name what was measured, such as {@code outage}
 * @param value the number
 * @param unit {@code ms}, {@code writes}, {@code 1/s}, ...
 * @param objective what was promised, such as {@code <= 10000}; null when nothing was
 * @param source where the objective comes from: {@code plan}, {@code drill}, {@code default}; null
 *     without one
 */
public record Measurement(String name, double value, String unit, String objective, String source) {

  /** A number that has no name can be neither found nor shown. */
  public Measurement {
    Objects.requireNonNull(name, "name");
  }

  /** A number without a promise. */
  public static Measurement of(String name, double value, String unit) {
    return new Measurement(name, value, unit, null, null);
  }

  /** A number that a drill's own code promises to be at most {@code limit}. */
  public static Measurement atMost(double limit, String name, double value, String unit) {
    return new Measurement(name, value, unit, "<= " + number(limit), "drill");
  }

  /** {@code value} in words: {@code outage 412 ms (promised <= 10000)}. */
  @Override
  public String toString() {
    String text = "%s %s %s".formatted(name, number(value), unit);
    return objective == null ? text : text + " (promised " + objective + ")";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
