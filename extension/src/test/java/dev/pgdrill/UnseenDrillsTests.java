package dev.pgdrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.pgdrill.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a launcher as builds do, which finds the listener by itself. */
@ResourceLock(SYSTEM_PROPERTIES)
class UnseenDrillsTests {

  @TempDir private Path runs;

  @PgDrill
  @Tag("failover")
  @Disabled("the network is down")
  static class SwitchedOffSample {
    @Test
    void drill() {}
  }

  @PgDrill
  @Tag("pool")
  static class TemplateSample {
    @ParameterizedTest
    @ValueSource(ints = 1)
    @Disabled("not today")
    void drill(int number) {
      assertThat(number).isOne();
    }
  }

  @PgDrill
  @Tag("restore")
  static class BrokenSample {
    @BeforeAll
    static void prepare() {
      failWith("no disk");
    }

    private static void failWith(String message) {
      if (!message.isEmpty()) {
        throw new IllegalStateException(message);
      }
    }

    @Test
    void drill() {}
  }

  @PgDrill
  @Tag("restore")
  static class AbortedSample {
    @BeforeAll
    static void prepare() {
      Assumptions.assumeTrue(false, "no tape drive");
    }

    @Test
    void drill() {}
  }

  @PgDrill
  @Tag("pool")
  static class WithoutArgumentsSample {
    @ParameterizedTest
    @MethodSource("numbers")
    void drill(int number) {
      assertThat(number).isOne();
    }

    static Stream<Integer> numbers() {
      return Stream.of(0).map(zero -> 1 / zero);
    }
  }

  @Tag("alert")
  @Disabled("no pager")
  static class ProgrammaticSample {
    @RegisterExtension
    static final Extension PGDRILL = PgDrillBuilder.with(Topology.primaryOnly()).build();

    @Test
    void drill() {}
  }

  @Tag("load")
  @Disabled("not ours")
  static class StrangerSample {
    @Test
    void drill() {}
  }

  private List<JsonNode> results(Class<?> sample) throws IOException {
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(sample))
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .build();
    SystemProperties.with(
        Map.of("pgdrill.backend", "fake", "pgdrill.runDir", runs.toString()),
        () -> {
          LauncherFactory.create().execute(request);
          return true;
        });
    try (Stream<Path> files = Files.walk(runs)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> JsonMapper.shared().readTree(file.toFile()))
          .toList();
    }
  }

  private static List<String> words(JsonNode result) {
    return Stream.of("id", "verdict", "reason").map(key -> result.path(key).asString()).toList();
  }

  @Test
  void aDisabledClassIsNotAssessed() throws IOException {
    assertThat(results(SwitchedOffSample.class))
        .singleElement()
        .satisfies(
            result ->
                assertThat(words(result))
                    .containsExactly(
                        "failover.unseen-drills-tests-switched-off-sample",
                        "not assessed",
                        "the network is down"));
  }

  @Test
  void aDisabledTemplateIsNotAssessed() throws IOException {
    assertThat(results(TemplateSample.class))
        .singleElement()
        .satisfies(
            result ->
                assertThat(words(result))
                    .containsExactly(
                        "pool.unseen-drills-tests-template-sample", "not assessed", "not today"));
  }

  @Test
  void aClassThatCannotBePreparedIsInconclusive() throws IOException {
    assertThat(results(BrokenSample.class))
        .singleElement()
        .satisfies(
            result ->
                assertThat(words(result))
                    .containsExactly(
                        "restore.unseen-drills-tests-broken-sample",
                        "inconclusive",
                        "IllegalStateException: no disk"));
  }

  @Test
  void aClassThatAbortsIsNotAssessed() throws IOException {
    assertThat(results(AbortedSample.class))
        .singleElement()
        .satisfies(
            result ->
                assertThat(words(result))
                    .containsExactly(
                        "restore.unseen-drills-tests-aborted-sample",
                        "not assessed",
                        "Assumption failed: no tape drive"));
  }

  @Test
  void aTemplateWhoseArgumentsCannotBeHadIsInconclusive() throws IOException {
    assertThat(results(WithoutArgumentsSample.class))
        .anySatisfy(
            result ->
                assertThat(words(result))
                    .startsWith(
                        "pool.unseen-drills-tests-without-arguments-sample", "inconclusive"));
  }

  @Test
  void aDisabledClassThatRegistersItsClusterIsNotAssessed() throws IOException {
    assertThat(results(ProgrammaticSample.class))
        .singleElement()
        .satisfies(
            result ->
                assertThat(words(result))
                    .containsExactly(
                        "alert.unseen-drills-tests-programmatic-sample",
                        "not assessed",
                        "no pager"));
  }

  @Test
  void aClassThatIsNoDrillIsNoneOfOurBusiness() throws IOException {
    assertThat(results(StrangerSample.class)).isEmpty();
  }
}
