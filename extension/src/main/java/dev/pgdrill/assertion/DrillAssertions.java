package dev.pgdrill.assertion;

import dev.pgdrill.Drill;

/** The way into assertions about drills. */
public final class DrillAssertions {
  private DrillAssertions() {}

  public static DrillAssert assertThat(Drill drill) {
    return new DrillAssert(drill);
  }
}
