package dev.pgdrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;

import dev.pgdrill.backend.Backend;
import dev.pgdrill.backend.Backends;
import dev.pgdrill.cluster.Await;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.cluster.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(SYSTEM_PROPERTIES)
class ClusterLifetimeTests {
  @TempDir private Path directory;

  @PgDrill
  static class PerClassSample {
    @Test
    void one(Cluster cluster, TestReporter reporter) {
      reporter.publishEntry(cluster.id());
    }

    @Test
    void two(Cluster cluster, TestReporter reporter) {
      reporter.publishEntry(cluster.id());
    }
  }

  @Test
  void allTestsOfAClassShareOneCluster() {
    SampleRun run = Samples.in(directory).run(PerClassSample.class);

    run.tests().assertStatistics(tests -> tests.succeeded(2));
    assertThat(run.published()).containsExactly("c1", "c1");
    assertThat(run.log()).containsExactly("started c1", "stopped c1");
  }

  @PgDrill(lifetime = Lifetime.METHOD)
  static class PerMethodSample {
    @BeforeEach
    void before(Cluster cluster, TestReporter reporter) {
      reporter.publishEntry(cluster.id());
    }

    @Test
    void one(Cluster cluster, TestReporter reporter) {
      reporter.publishEntry(cluster.id());
    }

    @Test
    void two() {}
  }

  @Test
  void eachTestHasItsOwnClusterOnRequest() {
    SampleRun run = Samples.in(directory).run(PerMethodSample.class);

    run.tests().assertStatistics(tests -> tests.succeeded(2));
    assertThat(run.published()).hasSize(3).containsOnly("c1", "c2");
    assertThat(run.log()).containsExactly("started c1", "stopped c1", "started c2", "stopped c2");
  }

  @Test
  void severalClassesHaveOneClusterEach() {
    SampleRun run = Samples.in(directory).run(PerClassSample.class, FailingTestSample.class);

    assertThat(run.log()).containsExactly("started c1", "stopped c1", "started c2", "stopped c2");
  }

  @PgDrill
  static class FailingTestSample {
    @Test
    void fails() {
      fail("planted");
    }
  }

  @PgDrill(lifetime = Lifetime.METHOD)
  static class FailingTestPerMethodSample {
    @Test
    void fails() {
      fail("planted");
    }
  }

  @PgDrill
  static class FailingBeforeEachSample {
    @BeforeEach
    void before() {
      fail("planted");
    }

    @Test
    void isNotReached() {}
  }

  @PgDrill
  static class FailingBeforeAllSample {
    @BeforeAll
    static void before(Cluster cluster) {
      fail("planted on " + cluster.id());
    }

    @Test
    void isNotReached() {}
  }

  @PgDrill
  static class FailingConstructorSample {
    FailingConstructorSample(Cluster cluster) {
      fail("planted on " + cluster.id());
    }

    @Test
    void isNotReached() {}
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        FailingTestSample.class,
        FailingTestPerMethodSample.class,
        FailingBeforeEachSample.class,
        FailingBeforeAllSample.class,
        FailingConstructorSample.class
      })
  void theClusterIsClosedAfterAFailure(Class<?> sample) {
    SampleRun run = Samples.in(directory).run(sample);

    assertThat(run.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasMessageContaining("planted"));
    assertThat(run.log()).containsExactly("started c1", "stopped c1");
  }

  @PgDrill
  static class AbortedSample {
    @Test
    void aborts() {
      Assumptions.abort("planted");
    }
  }

  @Test
  void theClusterIsClosedAfterAnAbortedTest() {
    SampleRun run = Samples.in(directory).run(AbortedSample.class);

    run.tests().assertStatistics(tests -> tests.aborted(1));
    assertThat(run.log()).containsExactly("started c1", "stopped c1");
  }

  @PgDrill(settings = FakeBackend.FAIL + " = no postgres: install it")
  static class NoStartSample {
    @Test
    void one() {}

    @Test
    void two() {}
  }

  @Test
  void aFailedStartIsToldInTheBackendsOwnWordsAndNotTriedAgainForTheSameClass() {
    SampleRun run = Samples.in(directory).run(NoStartSample.class);

    assertThat(run.failures())
        .hasSize(2)
        .allSatisfy(failure -> assertThat(failure).hasMessage("no postgres: install it"));
    assertThat(run.log()).containsExactly("failed c1");
  }

  @Test
  void theFakeIsNeverChosenByItself() {
    Backend chosen = SystemProperties.with(Map.of("pgdrill.backend", "auto"), Backends::select);

    assertThat(chosen).isNotInstanceOf(FakeBackend.class);
  }

  /** Ends only when the other class has its cluster too, while this one still has its own. */
  private static void awaitBothClusters(Drill drill) {
    var log = new FakeLog(drill.directory());
    Await.until(
        "two clusters started",
        Duration.ofSeconds(20),
        () ->
            Progress.when(
                log.lines().stream().filter(line -> line.startsWith("started")).count() == 2,
                log.lines().toString()));
  }

  @PgDrill
  static class FirstParallelSample {
    @Test
    void meets(Cluster cluster, Drill drill, TestReporter reporter) {
      awaitBothClusters(drill);
      reporter.publishEntry(cluster.id());
    }
  }

  @PgDrill
  static class SecondParallelSample {
    @Test
    void meets(Cluster cluster, Drill drill, TestReporter reporter) {
      awaitBothClusters(drill);
      reporter.publishEntry(cluster.id());
    }
  }

  @Test
  void classesThatRunAtTheSameTimeShareNothing() {
    SampleRun run =
        Samples.in(directory)
            .parallelClasses(2)
            .run(FirstParallelSample.class, SecondParallelSample.class);

    run.tests().assertStatistics(tests -> tests.succeeded(2));
    assertThat(run.published()).containsExactlyInAnyOrder("c1", "c2");
    assertThat(run.leaks()).isEmpty();
  }
}
