package dev.pgdrill.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a broken promise does. */
public enum GateMode {
  /** It fails the test and the build. */
  ENFORCE,
  /** It is recorded and reported. */
  REPORT;

  /** {@code enforce} or {@code report}. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As {@code pgdrill.gate} says, by default enforce. */
  public static GateMode current() {
    return Setting.GATE.find(GateMode.class).orElse(ENFORCE);
  }
}
