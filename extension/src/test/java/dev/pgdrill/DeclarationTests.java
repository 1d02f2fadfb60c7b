package dev.pgdrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;

import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.topology.Topology;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Where a class may say which cluster it wants. */
@ResourceLock(SYSTEM_PROPERTIES)
class DeclarationTests {
  @TempDir private Path directory;

  private static void publish(TestReporter reporter, String who, Cluster cluster) {
    reporter.publishEntry(who + " " + cluster.id() + " " + cluster.nodes());
  }

  @PgDrill(replicas = 0)
  static class NestedSample {
    @Test
    void outer(Cluster cluster, TestReporter reporter) {
      publish(reporter, "outer", cluster);
    }

    @Nested
    class Inner {
      @Test
      void inner(Cluster cluster, TestReporter reporter) {
        publish(reporter, "inner", cluster);
      }

      @Nested
      class Innermost {
        @Test
        void innermost(Cluster cluster, TestReporter reporter) {
          publish(reporter, "innermost", cluster);
        }
      }
    }
  }

  @Test
  void nestedClassesShareTheClusterOfTheOuterClass() {
    SampleRun run = Samples.in(directory).run(NestedSample.class);

    assertThat(run.published())
        .containsExactly("outer c1 [pg1]", "inner c1 [pg1]", "innermost c1 [pg1]");
    assertThat(run.log()).containsExactly("started c1", "stopped c1");
  }

  @PgDrill(replicas = 0)
  static class NestedWithItsOwnSample {
    @Test
    void outer(Cluster cluster, TestReporter reporter) {
      publish(reporter, "outer", cluster);
    }

    @Nested
    @PgDrill(replicas = 1)
    class Inner {
      @Test
      void inner(Cluster cluster, TestReporter reporter) {
        publish(reporter, "inner", cluster);
      }
    }

    @Nested
    @PgDrill(replicas = 0)
    class Equal {
      @Test
      void equal(Cluster cluster, TestReporter reporter) {
        publish(reporter, "equal", cluster);
      }
    }

    @Nested
    @PgDrill(replicas = 0, lifetime = Lifetime.METHOD)
    class PerMethod {
      @Test
      void perMethod(Cluster cluster, TestReporter reporter) {
        publish(reporter, "per method", cluster);
      }
    }
  }

  @Test
  void aNestedClassWithAnAnnotationOfItsOwnHasAClusterOfItsOwn() {
    SampleRun run = Samples.in(directory).run(NestedWithItsOwnSample.class);

    assertThat(run.published())
        .hasSize(4)
        .contains("outer c1 [pg1]")
        .areExactly(1, matching("inner c[234] \\[pg1, pg2]"))
        .areExactly(1, matching("equal c[234] \\[pg1]"))
        .areExactly(1, matching("per method c[234] \\[pg1]"));
    assertThat(run.started()).isEqualTo(4);
    assertThat(run.leaks()).isEmpty();
    assertThat(run.log()).last().isEqualTo("stopped c1");
  }

  private static Condition<String> matching(String regex) {
    return new Condition<>(text -> text.matches(regex), regex);
  }

  @PgDrill(replicas = 0, lifetime = Lifetime.METHOD)
  static class PerMethodNestedSample {
    @Nested
    class Inner {
      @Test
      void one() {}

      @Test
      void two() {}
    }
  }

  @Test
  void aNestedClassInheritsTheLifetime() {
    SampleRun run = Samples.in(directory).run(PerMethodNestedSample.class);

    assertThat(run.log()).containsExactly("started c1", "stopped c1", "started c2", "stopped c2");
  }

  @PgDrill(replicas = 3, pooler = false)
  @Retention(RetentionPolicy.RUNTIME)
  @interface ThreeReplicas {}

  @ThreeReplicas
  static class MetaSample {
    @Test
    void test(Cluster cluster, TestReporter reporter) {
      publish(reporter, "meta", cluster);
    }
  }

  @Test
  void theAnnotationCanBePartOfAnother() {
    SampleRun run = Samples.in(directory).run(MetaSample.class);

    assertThat(run.published()).containsExactly("meta c1 [pg1, pg2, pg3, pg4]");
  }

  @PgDrill(replicas = 2)
  abstract static class Base {
    @Test
    void inherited(Cluster cluster, TestReporter reporter) {
      publish(reporter, "inherited", cluster);
    }
  }

  static class DerivedSample extends Base {}

  @Test
  void theAnnotationIsInherited() {
    SampleRun run = Samples.in(directory).run(DerivedSample.class);

    assertThat(run.published()).containsExactly("inherited c1 [pg1, pg2, pg3]");
  }

  static class StaticBuilderSample {
    @RegisterExtension
    static final Extension PGDRILL =
        PgDrillBuilder.with(Topology.primaryOnly().withReplicas(1)).build();

    @Test
    void one(Cluster cluster, TestReporter reporter) {
      publish(reporter, "one", cluster);
    }

    @Nested
    class Inner {
      @Test
      void two(Cluster cluster, TestReporter reporter) {
        publish(reporter, "two", cluster);
      }
    }
  }

  @Test
  void aStaticRegistrationGivesOneClusterForTheClass() {
    SampleRun run = Samples.in(directory).run(StaticBuilderSample.class);

    assertThat(run.published()).containsExactly("one c1 [pg1, pg2]", "two c1 [pg1, pg2]");
    assertThat(run.log()).containsExactly("started c1", "stopped c1");
  }

  static class PerMethodBuilderSample {
    @RegisterExtension
    static final Extension PGDRILL =
        PgDrillBuilder.with(Topology.primaryOnly()).perMethod().build();

    @Test
    void one() {}

    @Test
    void two() {}
  }

  @Test
  void aRegistrationGivesOneClusterForEachTestOnRequest() {
    SampleRun run = Samples.in(directory).run(PerMethodBuilderSample.class);

    assertThat(run.log()).containsExactly("started c1", "stopped c1", "started c2", "stopped c2");
  }

  @TestMethodOrder(OrderAnnotation.class)
  static class InstanceBuilderSample {
    @RegisterExtension
    final Extension pgdrill = PgDrillBuilder.with(Topology.primaryOnly().withReplicas(1)).build();

    @Test
    @Order(1)
    void one(Cluster cluster, TestReporter reporter) {
      publish(reporter, "one", cluster);
    }

    @Test
    @Order(2)
    void two(Cluster cluster, TestReporter reporter) {
      publish(reporter, "two", cluster);
    }
  }

  @Test
  void aRegistrationInAnInstanceGivesTheTestsOfTheClassOneClusterAllTheSame() {
    SampleRun run = Samples.in(directory).run(InstanceBuilderSample.class);

    assertThat(run.published()).containsExactly("one c1 [pg1, pg2]", "two c1 [pg1, pg2]");
    assertThat(run.log()).containsExactly("started c1", "stopped c1");
  }

  static class SiblingBuildersSample {
    @Nested
    class One {
      @RegisterExtension
      final Extension pgdrill = PgDrillBuilder.with(Topology.primaryOnly()).build();

      @Test
      void one(Cluster cluster, TestReporter reporter) {
        publish(reporter, "one", cluster);
      }
    }

    @Nested
    class Two {
      @RegisterExtension
      final Extension pgdrill = PgDrillBuilder.with(Topology.primaryOnly().withReplicas(1)).build();

      @Test
      void two(Cluster cluster, TestReporter reporter) {
        publish(reporter, "two", cluster);
      }
    }
  }

  @Test
  void nestedClassesThatRegisterDifferentClustersHaveDifferentOnes() {
    SampleRun run = Samples.in(directory).run(SiblingBuildersSample.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.published())
        .areExactly(1, matching("one c[12] \\[pg1]"))
        .areExactly(1, matching("two c[12] \\[pg1, pg2]"));
    assertThat(run.leaks()).isEmpty();
  }
}
