package dev.pgdrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;

import dev.pgdrill.topology.Replication;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of nested samples begin with the name of this class. */
@ResourceLock(SYSTEM_PROPERTIES)
class DrillIdsTests {
  private static final String HERE = "drill-ids-tests-";

  @TempDir private Path directory;

  @Test
  void theIdIsTheAreaAndTheNameOfTheClassThenOfItsNestedClassAndOfTheMethodAmongSeveral() {
    SampleRun run = Samples.in(directory).run(LossScenario.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.results().keySet())
        .containsExactly(
            "failover.loss",
            "failover.loss-of-the-only-replica#by-crash",
            "failover.loss-of-the-only-replica#by-network2-fault");
  }

  @PgDrill
  @Tag("restore")
  static class ParameterSample {
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void restore(Replication replication, Drill drill) {
      drill.judge(Promise.kept("restore.rpo"));
    }
  }

  @Test
  void theParameterOfTheOnlyMethodIsTheSuffix() {
    SampleRun run = Samples.in(directory).run(ParameterSample.class);

    assertThat(run.results().keySet())
        .containsExactly(
            "restore." + HERE + "parameter-sample#async",
            "restore." + HERE + "parameter-sample#sync");
  }

  @PgDrill
  @Tag("load")
  static class SeveralSample {
    @RepeatedTest(2)
    void again(Drill drill) {
      drill.judge(Promise.kept("load.p99"));
    }

    @TestFactory
    Stream<DynamicTest> made(Drill drill) {
      drill.judge(Promise.kept("load.p99"));
      return Stream.of();
    }
  }

  @Test
  void repetitionsAreToldApartAndAFactoryIsOneDrill() {
    SampleRun run = Samples.in(directory).run(SeveralSample.class);

    assertThat(run.results().keySet())
        .containsExactly(
            "load." + HERE + "several-sample#again-repetition-1-of-2",
            "load." + HERE + "several-sample#again-repetition-2-of-2",
            "load." + HERE + "several-sample#made");
  }

  @PgDrill
  abstract static class TwoMethods {
    @Test
    void first(Drill drill) {
      drill.judge(Promise.kept("pool.maxBackends"));
    }

    @Test
    void second(Drill drill) {
      drill.judge(Promise.kept("pool.maxBackends"));
    }
  }

  @Tag("pool")
  static class InheritingSample extends TwoMethods {}

  @Test
  void inheritedMethodsCountAmongSeveral() {
    SampleRun run = Samples.in(directory).run(InheritingSample.class);

    assertThat(run.results().keySet())
        .containsExactly(
            "pool." + HERE + "inheriting-sample#first",
            "pool." + HERE + "inheriting-sample#second");
  }

  @PgDrill
  @Tag("alert")
  static class SameNameSample {
    @ParameterizedTest(name = "same")
    @ValueSource(ints = {1, 2, 3})
    void same(int number, Drill drill) {
      drill.judge(Promise.kept("alerts.detection" + number));
    }
  }

  @Test
  void drillsOfTheSameIdAreNumberedAndNoneReplacesAnother() {
    SampleRun run = Samples.in(directory).run(SameNameSample.class);

    String id = "alert." + HERE + "same-name-sample#same";
    assertThat(run.results().keySet()).containsExactly(id, id + "~2", id + "~3");
    assertThat(run.results().get(id + "~3").at("/promises/0/promise").asString())
        .isEqualTo("alerts.detection3");
  }

  @PgDrill
  @Tag("failover")
  static class TwoAreasSample {
    @Test
    @Tag("restore")
    void test() {}
  }

  @Test
  void twoAreasAreRefused() {
    SampleRun run = Samples.in(directory).run(TwoAreasSample.class);

    assertThat(run.failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessage(
                        TwoAreasSample.class.getName()
                            + " needs one area, it has [failover, restore]: tag it with one of"
                            + " [alert, failover, load, migration, plan, pool, restore]"));
    assertThat(run.log()).isEmpty();
  }

  @Test
  void aScenarioWithoutAnAreaIsRefused() {
    SampleRun run = Samples.in(directory).run(UntaggedScenario.class);

    assertThat(run.failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageStartingWith(
                        "dev.pgdrill.UntaggedScenario needs one area, it has []: tag it with"));
    assertThat(run.log()).isEmpty();
  }

  @PgDrill
  static class NoDrillSample {
    @Test
    void test(Drill drill) {
      assertThat(drill.id()).isEqualTo("test(Drill)");
    }
  }

  @Test
  void anotherTestWithoutAnAreaIsNoDrillAndNotInTheReport() {
    SampleRun run = Samples.in(directory).run(NoDrillSample.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.results()).isEmpty();
  }

  @PgDrill
  @Tag("plan")
  @DisplayName("The class says this")
  static class ExpectationSample {
    @Test
    void first(Drill drill) {
      drill.judge(Promise.kept("plan.one"));
    }

    @Test
    @DisplayName("The method says that")
    void second(Drill drill) {
      drill.judge(Promise.kept("plan.two"));
    }
  }

  @Test
  void theExpectationIsTheMethodsSentenceElseItsClasss() {
    SampleRun run = Samples.in(directory).run(ExpectationSample.class);

    String id = "plan." + HERE + "expectation-sample#";
    assertThat(run.results().get(id + "first").path("expectation").asString())
        .isEqualTo("The class says this");
    assertThat(run.results().get(id + "second").path("expectation").asString())
        .isEqualTo("The method says that");
  }

  @ParameterizedTest
  @CsvSource({
    "PrimaryCrash, primary-crash",
    "primary crash!, primary-crash",
    "Postgres15To17, postgres15-to17",
    "rows = 1_000, rows-1-000",
    "'', ''"
  })
  void kebabKeepsWordsAndNothingElse(String text, String kebab) {
    assertThat(DrillIds.kebab(text)).isEqualTo(kebab);
  }
}
