package dev.pgdrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;

import dev.pgdrill.FakeResource.Thing;
import dev.pgdrill.cluster.Cluster;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(SYSTEM_PROPERTIES)
class InjectionTests {
  @TempDir private Path directory;

  @PgDrill(replicas = 2, pooler = false, settings = "max_connections = 50")
  static class MethodSample {
    @Test
    void test(Cluster cluster, TestReporter reporter) {
      reporter.publishEntry(cluster.nodes() + " " + cluster.topology().settings());
      reporter.publishEntry("pooler " + cluster.topology().pooler());
    }
  }

  @Test
  void aTestHasTheClusterThatItsAnnotationDescribes() {
    SampleRun run = Samples.in(directory).run(MethodSample.class);

    assertThat(run.published())
        .containsExactly("[pg1, pg2, pg3] {max_connections=50}", "pooler false");
  }

  @PgDrill
  static class EverywhereSample {
    EverywhereSample(Cluster cluster, TestReporter reporter) {
      reporter.publishEntry("constructor " + cluster.id());
    }

    @BeforeAll
    static void beforeAll(Cluster cluster, TestReporter reporter) {
      reporter.publishEntry("before all " + cluster.id());
    }

    @BeforeEach
    void beforeEach(Cluster cluster, Drill drill, Thing thing, TestReporter reporter) {
      reporter.publishEntry("before each " + cluster.id() + drill.id() + thing.cluster());
    }

    @Test
    void test(Cluster cluster, TestReporter reporter) {
      reporter.publishEntry("test " + cluster.id());
    }
  }

  @Test
  void theClusterOfAClassCanBeHadEverywhere() {
    SampleRun run = Samples.in(directory).run(EverywhereSample.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.published())
        .containsExactly(
            "before all c1",
            "constructor c1",
            "before each c1test(Cluster, TestReporter)c1",
            "test c1");
  }

  @PgDrill
  static class SameThingSample {
    private Thing ofBefore;
    private Drill drillOfBefore;

    @BeforeEach
    void before(Thing thing, Drill drill) {
      ofBefore = thing;
      drillOfBefore = drill;
    }

    @Test
    void one(Thing thing, Drill drill) {
      assertThat(thing).isSameAs(ofBefore);
      assertThat(drill).isSameAs(drillOfBefore);
    }

    @Test
    void two() {}
  }

  @Test
  void aTestAndItsBeforeEachHaveTheSameResourceAndTheNextTestANewOne() {
    SampleRun run = Samples.in(directory).run(SameThingSample.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.log())
        .containsExactly(
            "started c1",
            "made thing on c1",
            "closed thing on c1",
            "made thing on c1",
            "closed thing on c1",
            "stopped c1");
  }

  @PgDrill(lifetime = Lifetime.METHOD)
  static class ThingPerMethodSample {
    @Test
    void failsWithAThing(Thing thing) {
      fail("planted on " + thing.cluster());
    }
  }

  @Test
  void aResourceIsClosedBeforeItsClusterAlsoWhenTheTestFails() {
    SampleRun run = Samples.in(directory).run(ThingPerMethodSample.class);

    assertThat(run.log())
        .containsExactly("started c1", "made thing on c1", "closed thing on c1", "stopped c1");
  }

  @PgDrill(lifetime = Lifetime.METHOD)
  static class ClusterOfATestBeforeAllSample {
    @BeforeAll
    static void before(Cluster cluster) {
      fail("reached with " + cluster.id());
    }

    @Test
    void test() {}
  }

  @PgDrill(lifetime = Lifetime.METHOD)
  static class ClusterOfATestInConstructorSample {
    ClusterOfATestInConstructorSample(Cluster cluster) {
      fail("reached with " + cluster.id());
    }

    @Test
    void test() {}
  }

  @ParameterizedTest
  @ValueSource(
      classes = {ClusterOfATestBeforeAllSample.class, ClusterOfATestInConstructorSample.class})
  void theClusterOfOneTestCannotBeHadByItsClass(Class<?> sample) {
    SampleRun run = Samples.in(directory).run(sample);

    assertThat(run.failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessage(
                        "a cluster that lives for one test cannot be had by a class: ask for it in"
                            + " the test method or in @BeforeEach, or use lifetime = CLASS"));
    assertThat(run.log()).isEmpty();
  }

  @PgDrill
  static class DrillBeforeAllSample {
    @BeforeAll
    static void before(Drill drill) {
      fail("reached with " + drill.id());
    }

    @Test
    void test() {}
  }

  @PgDrill
  static class ThingInConstructorSample {
    ThingInConstructorSample(Thing thing) {
      fail("reached with " + thing);
    }

    @Test
    void test() {}
  }

  @ParameterizedTest
  @ValueSource(classes = {DrillBeforeAllSample.class, ThingInConstructorSample.class})
  void whatBelongsToOneTestCannotBeHadByItsClass(Class<?> sample) {
    SampleRun run = Samples.in(directory).run(sample);

    assertThat(run.failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageMatching(
                        "a (Drill|Thing) belongs to one test: ask for it in the test method or in"
                            + " @BeforeEach"));
  }

  @PgDrill
  static class UnknownTypeSample {
    @Test
    void test(StringBuilder unknown) {
      fail("reached with " + unknown);
    }
  }

  @Test
  void aTypeThatNobodyOffersIsLeftToOtherExtensions() {
    SampleRun run = Samples.in(directory).run(UnknownTypeSample.class);

    assertThat(run.failures())
        .singleElement()
        .satisfies(
            failure -> assertThat(failure).hasMessageContaining("No ParameterResolver registered"));
    assertThat(run.leaks()).isEmpty();
  }

  @PgDrill
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerClassInstanceSample {
    private final Cluster ofConstructor;
    private Cluster ofBefore;

    PerClassInstanceSample(Cluster cluster) {
      ofConstructor = cluster;
    }

    @BeforeAll
    void beforeAll(Cluster cluster) {
      ofBefore = cluster;
    }

    @Test
    void one(Cluster cluster, Drill drill, Thing thing) {
      assertThat(cluster).isSameAs(ofConstructor).isSameAs(ofBefore);
      assertThat(drill.id()).startsWith("one");
      assertThat(thing.cluster()).isEqualTo(cluster.id());
    }

    @AfterEach
    void after(Cluster cluster, TestReporter reporter) {
      reporter.publishEntry("after " + cluster.id());
    }
  }

  @Test
  void anInstanceForTheWholeClassHasTheSameClusterThroughout() {
    SampleRun run = Samples.in(directory).run(PerClassInstanceSample.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.published()).containsExactly("after c1");
    assertThat(run.log())
        .containsExactly("started c1", "made thing on c1", "closed thing on c1", "stopped c1");
  }
}
