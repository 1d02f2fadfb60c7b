package dev.pgdrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ResourceLock(SYSTEM_PROPERTIES)
class AnnotationMistakeTests {
  @TempDir private Path directory;

  abstract static class Sample {
    @Test
    void test() {}
  }

  @PgDrill(replicas = -1)
  static class NegativeReplicas extends Sample {}

  @PgDrill(replicas = 9)
  static class TooManyReplicas extends Sample {}

  @PgDrill(settings = "max_connections 50")
  static class NoEqualsSign extends Sample {}

  @PgDrill(settings = {"work_mem = 1MB", "work_mem=2MB"})
  static class Twice extends Sample {}

  @PgDrill(settings = "port = 5432")
  static class Reserved extends Sample {}

  @PgDrill(settings = "max connections = 50")
  static class NoName extends Sample {}

  @PgDrill(settings = " = 50")
  static class EmptyName extends Sample {}

  @PgDrill(settings = "work_mem = 1MB\nport = 1")
  static class LineBreak extends Sample {}

  @PgDrill(version = 12)
  static class TooOld extends Sample {}

  @PgDrill(version = 1000)
  static class TooNew extends Sample {}

  @PgDrill(version = -1)
  static class NegativeVersion extends Sample {}

  @PgDrill(pooler = false, poolerSettings = "pool_mode = session")
  static class PoolerSettingsWithoutPooler extends Sample {}

  @PgDrill(poolerSettings = "pool_mode")
  static class PoolerSettingWithoutValue extends Sample {}

  static Stream<Arguments> mistakes() {
    String major = ", expected a major version from 14 on, such as 15";
    return Stream.of(
        arguments(NegativeReplicas.class, "replicas is -1, expected 0 to 8"),
        arguments(TooManyReplicas.class, "replicas is 9, expected 0 to 8"),
        arguments(
            NoEqualsSign.class,
            "settings has \"max_connections 50\", expected \"name = value\", such as"
                + " \"max_connections = 50\""),
        arguments(Twice.class, "settings has \"work_mem\" twice"),
        arguments(
            Reserved.class, "settings has \"port\", which the backend sets itself: leave it out"),
        arguments(
            NoName.class,
            "settings has \"max connections\", expected a setting's name, such as max_connections"),
        arguments(
            EmptyName.class,
            "settings has \"\", expected a setting's name, such as max_connections"),
        arguments(
            LineBreak.class,
            "settings: the value of \"work_mem\" has a line break or another control character"),
        arguments(TooOld.class, "PostgreSQL version is 12" + major),
        arguments(TooNew.class, "PostgreSQL version is 1000" + major),
        arguments(NegativeVersion.class, "PostgreSQL version is -1" + major),
        arguments(
            PoolerSettingsWithoutPooler.class,
            "poolerSettings names [pool_mode], but the topology has no pooler: set pooler = true"),
        arguments(
            PoolerSettingWithoutValue.class,
            "poolerSettings has \"pool_mode\", expected \"name = value\", such as"
                + " \"default_pool_size = 5\""));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void anImpossibleValueIsOneClearSentenceAndStartsNothing(Class<?> sample, String sentence) {
    SampleRun run = Samples.in(directory).run(sample);

    assertThat(run.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasMessage(sentence));
    assertThat(run.log()).isEmpty();
  }
}
