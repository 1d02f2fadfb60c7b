package dev.pgdrill.plan;

/** What a broken promise does. */
public enum GateMode {
  /** It fails the test and the build. */
  ENFORCE,
  /** It is recorded and reported. */
  REPORT;

  /** As {@code pgdrill.gate} says, by default enforce. */
  public static GateMode current() {
    return Setting.GATE.find(GateMode.class).orElse(ENFORCE);
  }
}
