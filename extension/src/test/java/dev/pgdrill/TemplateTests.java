package dev.pgdrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;

import dev.pgdrill.FakeResource.Thing;
import dev.pgdrill.cluster.Cluster;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that stand for several tests. */
@ResourceLock(SYSTEM_PROPERTIES)
class TemplateTests {
  @TempDir private Path directory;

  @PgDrill
  static class TemplatesSample {
    @ParameterizedTest
    @ValueSource(ints = {7, 8})
    void parameterized(int number, Cluster cluster, Thing thing, TestReporter reporter) {
      reporter.publishEntry("parameter " + number + cluster.id() + thing.cluster());
    }

    @RepeatedTest(2)
    void repeated(Cluster cluster, Thing thing, TestReporter reporter) {
      reporter.publishEntry("repeated " + cluster.id() + thing.cluster());
    }

    @TestFactory
    Stream<DynamicTest> factory(Cluster cluster, TestReporter reporter) {
      return Stream.of("one", "two")
          .map(
              name ->
                  DynamicTest.dynamicTest(
                      name, () -> reporter.publishEntry("dynamic " + name + cluster.id())));
    }
  }

  @Test
  void templatesAndFactoriesUseTheClusterOfTheirClass() {
    SampleRun run = Samples.in(directory).run(TemplatesSample.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.published())
        .containsExactlyInAnyOrder(
            "parameter 7c1c1",
            "parameter 8c1c1",
            "repeated c1c1",
            "repeated c1c1",
            "dynamic onec1",
            "dynamic twoc1");
    assertThat(run.log()).filteredOn("made thing on c1"::equals).hasSize(4);
    assertThat(run.started()).isEqualTo(1);
    assertThat(run.leaks()).isEmpty();
  }

  @PgDrill(lifetime = Lifetime.METHOD)
  static class TemplatesPerMethodSample {
    @RepeatedTest(2)
    void repeated(Cluster cluster, TestReporter reporter) {
      reporter.publishEntry(cluster.id());
    }
  }

  @Test
  void eachInvocationOfATemplateCountsAsOneTest() {
    SampleRun run = Samples.in(directory).run(TemplatesPerMethodSample.class);

    assertThat(run.log()).containsExactly("started c1", "stopped c1", "started c2", "stopped c2");
    assertThat(run.published()).containsExactly("c1", "c2");
  }
}
