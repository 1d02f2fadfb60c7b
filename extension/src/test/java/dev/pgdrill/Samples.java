package dev.pgdrill;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs sample classes with JUnit on {@link FakeBackend}. */
final class Samples {
  private final Path runDirectory;
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> parameters = new HashMap<>();

  private Samples(Path runDirectory) {
    this.runDirectory = runDirectory;
    property("pgdrill.backend", "fake");
    property("pgdrill.runDir", runDirectory.toString());
    // Blank: not set, whatever the environment says.
    property("pgdrill.gate", "");
  }

  /**
   * Begins a run.
   *
   * @param runDirectory empty, and for one run only
   */
  static Samples in(Path runDirectory) {
    return new Samples(runDirectory);
  }

  /** A system property while the samples run. */
  Samples property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  /** Classes run at the same time, the tests of one class one after the other. */
  Samples parallelClasses(int threads) {
    parameters.put("junit.jupiter.execution.parallel.enabled", "true");
    parameters.put("junit.jupiter.execution.parallel.mode.default", "same_thread");
    parameters.put("junit.jupiter.execution.parallel.mode.classes.default", "concurrent");
    parameters.put("junit.jupiter.execution.parallel.config.strategy", "fixed");
    parameters.put(
        "junit.jupiter.execution.parallel.config.fixed.parallelism", Integer.toString(threads));
    return this;
  }

  SampleRun run(Class<?>... samples) {
    ClassSelector[] selectors =
        Arrays.stream(samples).map(sample -> selectClass(sample)).toArray(ClassSelector[]::new);
    return SystemProperties.with(
        properties,
        () ->
            new SampleRun(
                EngineTestKit.engine("junit-jupiter")
                    .configurationParameters(parameters)
                    .selectors(selectors)
                    .execute(),
                runDirectory));
  }
}
