package dev.pgdrill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgdrill.plan.GateMode;
import dev.pgdrill.plan.InvalidSettingException;
import dev.pgdrill.plan.Setting;
import dev.pgdrill.plan.SettingOverrides;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GateTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @RegisterExtension final SettingOverrides settings = new SettingOverrides();
  @TempDir Path directory;

  private final PrintStream terminal = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void choose() {
    settings.set(Setting.RUN_DIR, directory.resolve("run"));
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(terminal);
  }

  @Test
  void passesWhenEveryDrillHolds() throws IOException {
    write(Drills.withOutage("failover.a", 80), Drills.withOutage("failover.b", 90));

    main();

    assertThat(gate().get("passed").asBoolean()).isTrue();
    assertThat(gate().get("reasons").size()).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("pgdrill: failover.a  holds")
        .contains("pgdrill: gate passed (enforce)")
        .contains("pgdrill: report: " + directory.resolve("report"));
  }

  @Test
  void failsWhenNoDrillHasRun() throws IOException {
    write();

    failsBecause("no drill has run: nothing was looked at");
  }

  @Test
  void failsWhenThereIsNoRunDirectory() throws IOException {
    failsBecause("no drill has run: nothing was looked at");
  }

  @Test
  void failsOnAViolatedPromiseAndSaysWhy() throws IOException {
    write(Drills.withOutage("failover.a", 80), Drills.withOutage("failover.b", 412));

    failsBecause(
        "failover.b violated: failover.rto violated: outage 412 ms (promised <= 100);"
            + " no write was acknowledged for 412 ms");
    assertThat(report().get("drills").size()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Result.class,
      names = {"INCONCLUSIVE", "NOT_ASSESSED", "VIOLATED"})
  void failsOnWhateverDoesNotHold(Result verdict) throws IOException {
    write(Drills.ended("pool.x", verdict, "the reason"));

    failsBecause("pool.x %s: the reason".formatted(verdict.text()));
  }

  @Test
  void drillThatWasNotAssessedIsListed() throws IOException {
    write(
        Drills.ended("pool.x", Result.NOT_ASSESSED, "no nftables"), Drills.withOutage("pool.y", 1));

    assertThatThrownBy(this::main).isInstanceOf(GateFailedException.class);

    assertThat(report().get("notAssessed").valueStream().map(JsonNode::asString))
        .containsExactly("pool.x");
  }

  @Test
  void failsOnADrillThatBeganAndNeverEnded() throws IOException {
    write(Drills.withOutage("failover.a", 80), Drills.begun("failover.b"));

    failsBecause("failover.b inconclusive: the test JVM ended before this drill did");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"id\":\"failover.b\",", "{}", "[]", "null"})
  void failsOnAResultThatCannotBeRead(String content) throws IOException {
    write(Drills.withOutage("failover.a", 80));
    Path folder = Files.createDirectories(directory.resolve("run/jvm-0/results"));
    Path broken = Files.writeString(folder.resolve("failover.b.json"), content);

    assertThatThrownBy(this::main)
        .isInstanceOf(GateFailedException.class)
        .hasMessageContaining("result " + broken + " cannot be read: ");

    assertThat(gate().get("passed").asBoolean()).isFalse();
    assertThat(report().get("drills").size()).isEqualTo(1);
    assertThat(directory.resolve("report/summary.md")).content().contains("cannot be read");
  }

  @Test
  void seesTheDrillsOfAllJvms() throws IOException {
    write(Drills.withOutage("failover.b", 80));
    write(Drills.withOutage("failover.a", 412));
    write(Drills.begun("failover.c"));

    assertThatThrownBy(this::main)
        .isInstanceOf(GateFailedException.class)
        .hasMessageStartingWith("pgdrill gate: 2 objections")
        .hasMessageContaining("failover.a violated")
        .hasMessageContaining("failover.c inconclusive");

    assertThat(report().get("drills").valueStream().map(drill -> drill.get("id").asString()))
        .containsExactly("failover.a", "failover.b", "failover.c");
  }

  @Test
  void inReportModeTheObjectionsAreReportedAndTheBuildGoesOn() throws IOException {
    settings.set(Setting.GATE, "report");
    write(Drills.withOutage("failover.b", 412));

    main();

    assertThat(gate().get("passed").asBoolean()).isFalse();
    assertThat(gate().get("mode").asString()).isEqualTo("report");
    assertThat(gate().get("reasons").size()).isEqualTo(1);
    assertThat(directory.resolve("report/summary.md"))
        .content()
        .startsWith("# pgdrill: gate failed (report)");
  }

  @Test
  void unknownModeFailsInsteadOfPassing() throws IOException {
    settings.set(Setting.GATE, "off");
    write(Drills.withOutage("failover.b", 412));

    assertThatThrownBy(this::main).isInstanceOf(InvalidSettingException.class);
  }

  @Test
  void reportTakesThePlaceOfAnEarlierOne() throws IOException {
    write(Drills.withOutage("failover.a", 80));
    main();
    Path second = Files.createDirectories(directory.resolve("second"));

    assertThatThrownBy(
            () -> Gate.decide(second, Instant.EPOCH, directory.resolve("report"), GateMode.ENFORCE))
        .isInstanceOf(GateFailedException.class);

    assertThat(gate().get("passed").asBoolean()).isFalse();
    assertThat(report().get("run").get("id").asString()).isEqualTo("second");
  }

  @Test
  void needsBothDirectories() {
    assertThatThrownBy(() -> Gate.main(new String[] {"run"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("usage: Gate RUN_DIRECTORY REPORT_DIRECTORY [SINCE BASE]");
  }

  @Test
  void resultsOfAnEarlierBuildAreNotThisOnes() throws IOException {
    write(Drills.ended("plan.x", Result.HOLDS, null));
    String[] today = {"run", directory.resolve("report").toString(), "", directory.toString()};
    today[2] = "20990101-000000";

    assertThatThrownBy(() -> Gate.main(today))
        .isInstanceOf(GateFailedException.class)
        .hasMessageContaining("no drill has run");
    today[2] = "20200101-000000";
    Gate.main(today);
    assertThat(gate().get("passed").asBoolean()).isTrue();
  }

  private void failsBecause(String objection) throws IOException {
    assertThatThrownBy(this::main)
        .isInstanceOf(GateFailedException.class)
        .hasMessage("pgdrill gate: 1 objection%n  %s".formatted(objection));
    assertThat(gate().get("passed").asBoolean()).isFalse();
    assertThat(gate().get("reasons").valueStream().map(JsonNode::asString))
        .containsExactly(objection);
    assertThat(directory.resolve("report/summary.md"))
        .content()
        .startsWith("# pgdrill: gate failed (enforce)");
  }

  private void main() {
    Gate.main(
        new String[] {directory.resolve("run").toString(), directory.resolve("report").toString()});
  }

  private JsonNode gate() throws IOException {
    return report().get("gate");
  }

  private JsonNode report() throws IOException {
    return JSON.readTree(Files.readAllBytes(directory.resolve("report/report.json")));
  }

  private static void write(DrillResult... drills) throws IOException {
    try (var run = RunDirectory.create()) {
      for (DrillResult drill : drills) {
        run.write(drill);
      }
    }
  }
}
