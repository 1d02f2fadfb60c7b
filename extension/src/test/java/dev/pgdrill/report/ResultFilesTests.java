package dev.pgdrill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.plan.Setting;
import dev.pgdrill.plan.SettingOverrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFilesTests {
  @RegisterExtension final SettingOverrides settings = new SettingOverrides();
  @TempDir Path run;

  @BeforeEach
  void choose() {
    settings.set(Setting.RUN_DIR, run);
  }

  @Test
  void resultComesBackAsItWasWritten() {
    write(Drills.full());

    assertThat(ResultFiles.read(run).drills()).hasSize(1);
    assertThat(ResultFiles.read(run).drills().get(0)).isEqualTo(Drills.full());
    assertThat(ResultFiles.read(run).unreadable()).isEmpty();
  }

  @Test
  void resultsOfAllJvmsAreOrderedById() {
    write(Drills.ended("pool.b", Result.HOLDS, null));
    write(Drills.ended("alert.a", Result.HOLDS, null), Drills.ended("pool.c", Result.HOLDS, null));

    assertThat(ResultFiles.read(run).drills())
        .extracting(DrillResult::id)
        .containsExactly("alert.a", "pool.b", "pool.c");
    assertThat(run.toFile().list()).hasSize(2);
  }

  @Test
  void drillThatBeganAndNeverEndedIsInconclusive() {
    write(Drills.begun("failover.x"));

    DrillResult drill = ResultFiles.read(run).drills().get(0);

    assertThat(drill.verdict()).isEqualTo(Result.INCONCLUSIVE);
    assertThat(drill.reason()).isEqualTo("the test JVM ended before this drill did");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"id\":\"failover.x\",\"verdi",
        "null",
        "[]",
        "42",
        "{}",
        "{\"schema\":\"pgdrill.report/1\"}",
        "{\"id\":\"failover.x\"}",
        "{\"id\":\"failover.x\",\"verdict\":\"holds\"}",
        "{\"id\":\"failover.x\",\"verdict\":\"fine\"}",
        "{\"verdict\":\"holds\",\"measurements\":[],\"promises\":[],\"components\":{}}",
        "{\"id\":\"x\",\"verdict\":\"holds\",\"measurements\":[],\"promises\":[{}],\"components\":{}}",
        "{\"id\":\"x\",\"verdict\":\"holds\",\"measurements\":[{}],\"promises\":[],\"components\":{}}",
        "\u0000\u0000\u0000"
      })
  void fileThatIsNoResultIsNamedAndTheOthersAreRead(String content) throws IOException {
    write(Drills.ended("pool.b", Result.HOLDS, null));
    Path folder = Files.createDirectories(run.resolve("jvm-0/results"));
    Path file = Files.writeString(folder.resolve("failover.x.json"), content);

    ResultFiles results = ResultFiles.read(run);

    assertThat(results.drills()).extracting(DrillResult::id).containsExactly("pool.b");
    assertThat(results.unreadable())
        .singleElement()
        .asString()
        .startsWith("result " + file + " cannot be read: ");
  }

  @Test
  void onlyFilesOfResultsFoldersAreResults() throws IOException {
    Path jvm = Files.createDirectories(run.resolve("jvm-0/results")).getParent();
    Files.writeString(jvm.resolve("history.json"), "{}");
    Files.writeString(jvm.resolve("results/failover.x.json.part"), "{");
    Files.createDirectories(jvm.resolve("results/folder.json"));

    assertThat(ResultFiles.read(run))
        .isEqualTo(new ResultFiles(java.util.List.of(), java.util.List.of()));
  }

  @Test
  void runDirectoryThatIsNotThereHasNoResults() {
    assertThat(ResultFiles.read(run.resolve("missing")).drills()).isEmpty();
  }

  @Test
  void runDirectoryMayBeARelativeName() {
    assertThat(ResultFiles.read(Path.of("target")).unreadable()).isEmpty();
  }

  private static void write(DrillResult... drills) {
    try (var jvm = RunDirectory.create()) {
      for (DrillResult drill : drills) {
        jvm.write(drill);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
