package dev.pgdrill.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a drill ended, in the report. */
public enum Result {
  HOLDS,
  VIOLATED,
  INCONCLUSIVE,
  NOT_ASSESSED,
  /** It has begun; in a finished run this means that its JVM ended first. */
  STARTED;

  /** {@code holds}, {@code not assessed}, ... */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
