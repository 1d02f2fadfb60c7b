package dev.pgdrill.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an event is; its text is the name with a dot, {@code fault.requested}. */
public enum Kind {
  CLOCK_ANCHOR,
  OP_INVOKE,
  OP_OK,
  OP_FAILED,
  OP_UNKNOWN,
  FAULT_REQUESTED,
  FAULT_EFFECTIVE,
  FAULT_HEALING,
  FAULT_HEALED,
  ROLE_CHANGE,
  STEP,
  SAMPLE,
  HICCUP,
  READ_FINAL;

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
