package dev.pgdrill.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTests {
  @RegisterExtension final SettingOverrides settings = new SettingOverrides();

  @ParameterizedTest
  @CsvSource({
    "BACKEND,          pgdrill.backend,          PGDRILL_BACKEND",
    "POSTGRES_VERSION, pgdrill.postgres.version, PGDRILL_POSTGRES_VERSION",
    "RUN_DIR,          pgdrill.runDir,           PGDRILL_RUN_DIR",
    "TIMEOUT_FACTOR,   pgdrill.timeoutFactor,    PGDRILL_TIMEOUT_FACTOR"
  })
  void hasOneNameAsPropertyAndOneInTheEnvironment(Setting setting, String property, String name) {
    assertThat(setting.property()).isEqualTo(property);
    assertThat(setting.environment()).isEqualTo(name);
  }

  @Test
  void blanksAroundAValueAreNotPartOfIt() {
    settings.set(Setting.POSTGRES_VERSION, " 15\n");

    assertThat(Setting.POSTGRES_VERSION.find()).contains("15");
  }

  @Test
  void blankValueCountsAsNotSet() {
    settings.set(Setting.POSTGRES_VERSION, "  ");

    assertThat(Setting.POSTGRES_VERSION.find()).isEmpty();
  }

  @Test
  void propertyGoesBeforeTheEnvironmentUnlessItIsBlank() throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dpgdrill.backend=local",
            "-Dpgdrill.tier= ",
            "-cp",
            location(Setting.class) + File.pathSeparator + location(SettingProbe.class),
            SettingProbe.class.getName(),
            "BACKEND",
            "TIER",
            "RUN_DIR",
            "GATE");
    builder.environment().put("PGDRILL_BACKEND", "containers");
    builder.environment().put("PGDRILL_TIER", "quick");
    builder.environment().put("PGDRILL_RUN_DIR", " here ");
    builder.environment().put("PGDRILL_GATE", "");
    Process jvm = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();

    String found = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(found.lines())
        .containsExactly("BACKEND=local", "TIER=quick", "RUN_DIR=here", "GATE=unset");
  }

  @Test
  void enumValueIsReadInAnyCase() {
    settings.set(Setting.GATE, "rePort");

    assertThat(Setting.GATE.find(GateMode.class)).contains(GateMode.REPORT);
    assertThat(GateMode.current()).isEqualTo(GateMode.REPORT);
  }

  @Test
  void gateEnforcesUnlessToldOtherwise() {
    assertThat(GateMode.current()).isEqualTo(GateMode.ENFORCE);
  }

  @Test
  void unknownEnumValueIsNamedTogetherWithThoseThatAreKnown() {
    settings.set(Setting.GATE, "of");

    assertThatThrownBy(GateMode::current)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("pgdrill.gate (or PGDRILL_GATE) is \"of\", expected one of: enforce, report");
  }

  private static String location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
