package dev.pgdrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;

import dev.pgdrill.cluster.Cluster;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(SYSTEM_PROPERTIES)
class KnownSettingsTests {
  @TempDir private Path directory;

  @PgDrill
  static class Sample {
    @Test
    void test() {}
  }

  @PgDrill
  static class BeforeAllSample {
    @BeforeAll
    static void before(Cluster cluster) {
      fail("reached with " + cluster.id());
    }

    @Test
    void test() {}
  }

  @ParameterizedTest
  @ValueSource(classes = {Sample.class, BeforeAllSample.class})
  void aMisspeltPropertyIsRefusedByNameBeforeAnythingStarts(Class<?> sample) {
    SampleRun run = Samples.in(directory).property("pgdrill.teir", "quick").run(sample);

    assertThat(run.failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageContaining("unknown property pgdrill.teir, known are [")
                    .hasMessageContaining("pgdrill.tier"));
    assertThat(run.log()).isEmpty();
  }

  @Test
  void allMisspeltPropertiesAreNamedAtOnce() {
    SampleRun run =
        Samples.in(directory)
            .property("pgdrill.zeal", "1")
            .property("pgdrill.Backend", "local")
            .run(Sample.class);

    assertThat(run.failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageStartingWith("unknown property pgdrill.Backend, pgdrill.zeal,"));
  }

  @Test
  void knownPropertiesAndThoseOfOthersAreLeftAlone() {
    SampleRun run =
        Samples.in(directory)
            .property("pgdrill.timeoutFactor", "2")
            .property("pgdrillish.teir", "1")
            .run(Sample.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.log()).containsExactly("started c1", "stopped c1");
  }
}
