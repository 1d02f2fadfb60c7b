package dev.pgdrill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgdrill.plan.Setting;
import dev.pgdrill.plan.SettingOverrides;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTests {
  @RegisterExtension final SettingOverrides settings = new SettingOverrides();
  @TempDir Path directory;

  @BeforeEach
  void choose() {
    settings.set(Setting.RUN_DIR, directory.resolve("a/run"));
  }

  @Test
  void eachOfSeveralInOneJvmHasAFolderOfItsOwn() throws IOException {
    String jvm = "jvm-" + ProcessHandle.current().pid();
    try (var one = RunDirectory.create();
        var two = RunDirectory.create()) {

      assertThat(one.path()).isEqualTo(directory.resolve("a/run").resolve(jvm));
      assertThat(two.path()).isEqualTo(directory.resolve("a/run").resolve(jvm + "-2"));
      assertThat(one.path().resolve("history.ndjson")).isNotEmptyFile();
      assertThat(two.path().resolve("history.ndjson")).isNotEmptyFile();
    }
  }

  @Test
  void runDirectoryThatCannotBeWrittenIsNamedWithTheRemedy() throws IOException {
    Path file = Files.createFile(directory.resolve("taken"));
    settings.set(Setting.RUN_DIR, file);

    assertThatThrownBy(RunDirectory::create)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "cannot write the run directory %s: permit it or name another with"
                + " -Dpgdrill.runDir=DIR",
            file);
  }

  @Test
  void clustersAreNumberedAndHaveAFolderForTheirLogs() throws IOException {
    try (var run = RunDirectory.create()) {

      assertThat(run.nextClusterId()).isEqualTo("c1");
      assertThat(run.nextClusterId()).isEqualTo("c2");
      assertThat(run.clusterLogs("c2")).isEqualTo(run.path().resolve("c2")).isDirectory();
      assertThat(run.clusterLogs("c2")).isDirectory();
    }
  }

  @Test
  void resultTakesThePlaceOfTheEarlierOneOfTheSameDrill() throws IOException {
    try (var run = RunDirectory.create()) {
      assertThat(run.has("failover.x#async")).isFalse();
      run.write(Drills.begun("failover.x#async"));
      assertThat(run.has("failover.x#async")).isTrue();

      run.write(Drills.ended("failover.x#async", Result.HOLDS, null));

      assertThat(run.path().resolve("results"))
          .isDirectoryContaining("glob:**/failover.x#async.json")
          .isDirectoryNotContaining("glob:**.part");
      assertThat(ResultFiles.read(directory.resolve("a/run")).drills())
          .extracting(DrillResult::verdict)
          .containsExactly(Result.HOLDS);
    }
  }

  @Test
  void repeatedDrillIsFoundByTheIdThatItWasGiven() throws IOException {
    try (var run = RunDirectory.create()) {
      run.write(Drills.ended("failover.x~2", Result.VIOLATED, "lost"));

      assertThat(run.has("failover.x~2")).isTrue();
      assertThat(run.has("failover.x~3")).isFalse();
    }
  }

  @Test
  void resultStaysInItsFolderWhateverTheDrillIsCalled() throws IOException {
    try (var run = RunDirectory.create()) {

      run.write(Drills.begun("failover.x#../../../a \"b\"|<c>\u0000é"));

      assertThat(run.path().resolve("results")).isDirectoryContaining("glob:**/failover.x*.json");
      assertThat(directory.resolve("a")).isDirectoryContaining("glob:**/run");
      assertThat(ResultFiles.read(directory.resolve("a/run")).drills())
          .extracting(DrillResult::id)
          .containsExactly("failover.x#../../../a \"b\"|<c>\u0000é");
    }
  }
}
