package dev.pgdrill;

import static dev.pgdrill.assertion.DrillAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;

import dev.pgdrill.cluster.Cluster;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** What stands in the run directory after each way in which a drill can end. */
@ResourceLock(SYSTEM_PROPERTIES)
class DrillResultsTests {
  @TempDir private Path directory;

  private static void assertResult(SampleRun run, String verdict, String reason) {
    JsonNode result = run.result();
    assertThat(result.path("verdict").asString()).isEqualTo(verdict);
    assertThat(result.path("reason").asString(null)).isEqualTo(reason);
  }

  @PgDrill
  @Tag("failover")
  static class HoldsSample {
    @Test
    void test(Drill drill) {
      assertThat(drill).keeps(Promise.kept("failover.lostWrites"));
    }
  }

  @Test
  void aKeptPromiseHolds() {
    SampleRun run = Samples.in(directory).run(HoldsSample.class);

    run.tests().assertStatistics(tests -> tests.succeeded(1));
    assertResult(run, "holds", null);
    assertThat(run.result().at("/promises/0/promise").asString()).isEqualTo("failover.lostWrites");
    assertThat(run.result().at("/promises/0/measurements/0/name").asString()).isEqualTo("lost");
    assertThat(run.result().at("/components/postgres").asString()).isEqualTo("fake");
    assertThat(run.result().path("subject").asString()).isEqualTo("shipped");
    assertThat(Path.of(run.result().path("directory").asString())).hasParent(directory);
  }

  @PgDrill
  @Tag("failover")
  static class ViolatedSample {
    @Test
    void test(Drill drill) {
      assertThat(drill)
          .keeps(
              Promise.kept("failover.rto"), Promise.broken("failover.lostWrites", "lost: 7, 8, 9"));
    }
  }

  @Test
  void aBrokenPromiseIsAViolationWithItsEvidenceAndFailsTheTest() {
    SampleRun run = Samples.in(directory).run(ViolatedSample.class);

    run.tests().assertStatistics(tests -> tests.failed(1));
    assertResult(
        run,
        "violated",
        "failover.lostWrites violated: lost 3 writes (promised <= 0); lost: 7, 8, 9");
    assertThat(run.result().path("evidence").valueStream().map(JsonNode::asString))
        .containsExactly("lost: 7, 8, 9");
  }

  @Test
  void withGateReportABrokenPromiseIsRecordedAndTheTestPasses() {
    SampleRun run =
        Samples.in(directory).property("pgdrill.gate", "report").run(ViolatedSample.class);

    run.tests().assertStatistics(tests -> tests.succeeded(1));
    assertThat(run.result().path("verdict").asString()).isEqualTo("violated");
  }

  @PgDrill
  @Tag("failover")
  static class OpenSample {
    @Test
    void test(Drill drill) {
      assertThat(drill).keeps(Promise.open("failover.rto", "nobody wrote"));
    }
  }

  @Test
  void anOpenQuestionIsInconclusiveAndFailsTheTest() {
    SampleRun run = Samples.in(directory).run(OpenSample.class);

    run.tests().assertStatistics(tests -> tests.failed(1));
    assertResult(run, "inconclusive", "failover.rto inconclusive: nobody wrote");
  }

  @PgDrill
  @Tag("failover")
  static class AbortedSample {
    @Test
    void test() {
      Assumptions.abort("no PACKET_DROP here");
    }
  }

  @Test
  void anAbortedDrillIsNotAssessed() {
    SampleRun run = Samples.in(directory).run(AbortedSample.class);

    run.tests().assertStatistics(tests -> tests.aborted(1));
    assertResult(run, "not assessed", "no PACKET_DROP here");
  }

  @PgDrill
  @Tag("failover")
  static class ViolatedThenAbortedSample {
    @Test
    void test(Drill drill) {
      assertThat(drill).keeps(Promise.broken("failover.lostWrites", "lost: 7"));
      Assumptions.abort("the rest needs PACKET_DROP");
    }
  }

  @Test
  void anAbortDoesNotHideAViolation() {
    SampleRun run =
        Samples.in(directory)
            .property("pgdrill.gate", "report")
            .run(ViolatedThenAbortedSample.class);

    assertThat(run.result().path("verdict").asString()).isEqualTo("violated");
  }

  @PgDrill
  @Tag("failover")
  static class DisabledSample {
    @Test
    @Disabled("until issue 99 is done")
    void test(Drill drill) {}
  }

  @Test
  void aDisabledDrillIsNotAssessedForItsReasonAndStartsNothing() {
    SampleRun run = Samples.in(directory).run(DisabledSample.class);

    assertResult(run, "not assessed", "until issue 99 is done");
    assertThat(run.log()).isEmpty();
  }

  @PgDrill
  @Tag("failover")
  static class ErrorSample {
    @Test
    void test(Drill drill) {
      assertThat(drill).keeps(Promise.kept("failover.rto"));
      throw new IllegalStateException("the harness broke");
    }
  }

  @Test
  void anErrorOfTheTestLeavesTheDrillInconclusiveWhateverWasKeptBefore() {
    SampleRun run = Samples.in(directory).run(ErrorSample.class);

    run.tests().assertStatistics(tests -> tests.failed(1));
    assertResult(run, "inconclusive", "IllegalStateException: the harness broke");
    assertThat(run.result().path("promises").size()).isEqualTo(1);
  }

  @PgDrill
  @Tag("failover")
  static class OtherAssertionSample {
    @Test
    void test() {
      Assertions.fail("the view is empty");
    }
  }

  @Test
  void anAssertionWithoutAPromiseIsAViolation() {
    SampleRun run = Samples.in(directory).run(OtherAssertionSample.class);

    assertResult(run, "violated", "AssertionFailedError: the view is empty");
  }

  @PgDrill
  @Tag("failover")
  static class UnjudgedSample {
    @Test
    void test() {}
  }

  @Test
  void aDrillThatJudgedNothingIsInconclusiveAndFails() {
    SampleRun run = Samples.in(directory).run(UnjudgedSample.class);

    assertResult(run, "inconclusive", "no promise was judged");
    assertThat(run.failures())
        .singleElement()
        .isInstanceOf(AssertionError.class)
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessage(
                        "failover.drill-results-tests-unjudged-sample ended without judging a"
                            + " promise: add assertThat(drill).keeps(...)"));
    assertThat(run.leaks()).isEmpty();
  }

  @Test
  void withGateReportADrillThatJudgedNothingIsRecordedOnly() {
    SampleRun run =
        Samples.in(directory).property("pgdrill.gate", "report").run(UnjudgedSample.class);

    run.tests().assertStatistics(tests -> tests.succeeded(1));
    assertResult(run, "inconclusive", "no promise was judged");
  }

  @PgDrill(settings = FakeBackend.FAIL + " = no postgres: install it")
  @Tag("failover")
  static class NoClusterSample {
    @Test
    void test(Cluster cluster) {
      throw new IllegalStateException("reached with " + cluster.id());
    }
  }

  @Test
  void aDrillWithoutItsClusterIsInconclusiveInTheBackendsOwnWords() {
    SampleRun run = Samples.in(directory).run(NoClusterSample.class);

    assertResult(run, "inconclusive", "ProvisioningException: no postgres: install it");
  }

  @PgDrill
  @Tag("failover")
  static class FactorySample {
    @TestFactory
    List<DynamicTest> tests(Drill drill) {
      return Stream.of(
              DynamicTest.dynamicTest(
                  "keeps", () -> assertThat(drill).keeps(Promise.kept("failover.rto"))),
              DynamicTest.dynamicTest(
                  "fails",
                  () -> {
                    throw new IllegalStateException("the harness broke");
                  }))
          .toList();
    }
  }

  @Test
  void aFailedDynamicTestIsAFailureOfItsDrill() {
    SampleRun run = Samples.in(directory).run(FactorySample.class);

    assertThat(run.failures()).hasSize(1);
    assertResult(run, "inconclusive", "IllegalStateException: the harness broke");
  }
}
