package dev.pgdrill;

import org.junit.jupiter.api.Test;

/** A sample for {@link DrillIdsTests}: called a scenario, but of no area. */
@PgDrill
class UntaggedScenario {

  @Test
  void test() {}
}
