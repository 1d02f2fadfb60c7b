package dev.pgdrill.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;

import dev.pgdrill.Drill;
import dev.pgdrill.PlannedDrill;
import dev.pgdrill.Promise;
import dev.pgdrill.check.Check;
import dev.pgdrill.check.Verdict;
import dev.pgdrill.history.History;
import dev.pgdrill.history.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What happens with {@code pgdrill.gate=report} is tested with whole drills. */
@ResourceLock(SYSTEM_PROPERTIES)
class DrillAssertTests {
  private final PlannedDrill planned = PlannedDrill.of("failover.planned", Path.of("run", "jvm-1"));

  @Test
  void everyBrokenPromiseStandsInOneErrorWithThePlaceOfTheLogs() {
    assertThatThrownBy(
            () ->
                DrillAssertions.assertThat(planned.drill())
                    .keeps(
                        Promise.broken("failover.lostWrites", "lost: 100%"),
                        Promise.kept("failover.unexpected"),
                        Promise.open("failover.rto", "nobody wrote")))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            failover.planned: 2 of 3 promises not kept
              failover.lostWrites violated: lost 3 writes (promised <= 0); lost: 100%
              failover.rto inconclusive: nobody wrote
            logs and history: run/jvm-1""");
  }

  @Test
  void allPromisesAreJudgedAndNotedBeforeItFails() {
    assertThatThrownBy(
        () ->
            DrillAssertions.assertThat(planned.drill())
                .keeps(
                    Promise.broken("failover.lostWrites", "lost: 7"),
                    Promise.open("failover.rto", "nobody wrote"),
                    Promise.kept("failover.unexpected")));

    assertThat(planned.noted())
        .containsExactly(
            "failover.lostWrites violated",
            "failover.rto inconclusive",
            "failover.unexpected holds");
  }

  @Test
  void keptPromisesPassAndAreNotedAlsoInSeveralCalls() {
    DrillAssertions.assertThat(planned.drill())
        .keeps(Promise.kept("failover.rto"))
        .keeps(Promise.kept("failover.lostWrites"));

    assertThat(planned.noted()).containsExactly("failover.rto holds", "failover.lostWrites holds");
  }

  /** Holds when exactly one write was acknowledged. */
  private record OneWrite() implements Check {
    @Override
    public String promise() {
      return "failover.oneWrite";
    }

    @Override
    public Verdict judge(History history) {
      return history.acknowledged().getCardinality() == 1
          ? new Verdict.Holds()
          : new Verdict.Inconclusive("not one write");
    }
  }

  @Test
  void promisesAreJudgedByTheHistoryOfTheDrillAsItStands() {
    planned.drill().judge(new OneWrite());
    planned.recorder().invoked(1);
    planned.recorder().completed(1, 0, 1, new Outcome.Ok(1));

    DrillAssertions.assertThat(planned.drill()).keeps(new OneWrite());

    assertThat(planned.noted())
        .containsExactly("failover.oneWrite inconclusive", "failover.oneWrite holds");
  }

  @Test
  void aMissingDrillIsNamed() {
    Drill none = null;

    assertThatThrownBy(() -> DrillAssertions.assertThat(none).keeps(Promise.kept("failover.rto")))
        .hasMessageContaining("Expecting actual not to be null");
  }
}
