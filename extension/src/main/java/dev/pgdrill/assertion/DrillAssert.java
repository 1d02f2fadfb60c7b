package dev.pgdrill.assertion;

import dev.pgdrill.Drill;
import dev.pgdrill.check.Check;
import dev.pgdrill.plan.GateMode;
import dev.pgdrill.report.PromiseResult;
import dev.pgdrill.report.Result;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a drill's promises. */
public final class DrillAssert extends AbstractAssert<DrillAssert, Drill> {

  DrillAssert(Drill actual) {
    super(actual, DrillAssert.class);
  }

  /**
   * Every promise holds. All are judged and noted for the report before this fails with those that
   * do not; with {@code pgdrill.gate=report} it does not fail.
   */
  public DrillAssert keeps(Check... checks) {
    isNotNull();
    List<PromiseResult> broken =
        actual.judge(checks).stream().filter(promise -> promise.verdict() != Result.HOLDS).toList();
    if (!broken.isEmpty() && GateMode.current() == GateMode.ENFORCE) {
      failWithMessage(
          "%s%n%s%nlogs and history: %s",
          "%s: %d of %d promises not kept".formatted(actual.id(), broken.size(), checks.length),
          String.join("\n", broken.stream().map(promise -> "  " + promise.sentence()).toList()),
          actual.directory());
    }
    return this;
  }
}
