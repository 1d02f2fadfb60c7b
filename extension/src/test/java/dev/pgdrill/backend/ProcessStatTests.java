package dev.pgdrill.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProcessStatTests {
  @TempDir Path directory;

  @Test
  void readsAProcessWhoseNameLooksLikeTheFieldsBehindIt() throws Exception {
    Path script = directory.resolve("a) Z 1 (");
    Files.writeString(script, "#!/bin/sh\nread line\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Process process = new ProcessBuilder(script.toString()).start();
    try {
      assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/comm"))).contains("Z 1");

      ProcessStat stat = ProcessStat.read(process.pid()).orElseThrow();

      assertThat(stat.state()).isIn('R', 'S', 'D');
      assertThat(stat.startTime())
          .isGreaterThanOrEqualTo(self().startTime())
          .isEqualTo(ProcessStat.read(process.pid()).orElseThrow().startTime());
      assertThat(ProcessStat.gone(process.pid())).isFalse();
    } finally {
      end(process);
    }
  }

  @Test
  void startTimeIsTheKernelsInClockTicks() {
    long ticks = self().startTime();
    double uptime = secondsSinceBoot();

    // 100 ticks a second on every Linux that Java runs on.
    assertThat(ticks / 100.0).isPositive().isLessThan(uptime);
    assertThat(ProcessStat.gone(ProcessHandle.current().pid())).isFalse();
  }

  @Test
  void processThatEndedIsGone() throws Exception {
    Process process = new ProcessBuilder("/bin/sh", "-c", "read line").start();
    assertThat(ProcessStat.gone(process.pid())).isFalse();

    end(process);

    assertThat(ProcessStat.gone(process.pid())).isTrue();
  }

  @Test
  void processThatNeverWasIsGone() {
    // Beyond the highest process id that Linux allows.
    long pid = 1L << 30;

    assertThat(ProcessStat.read(pid)).isEmpty();
    assertThat(ProcessStat.gone(pid)).isTrue();
  }

  private static ProcessStat self() {
    return ProcessStat.read(ProcessHandle.current().pid()).orElseThrow();
  }

  private static double secondsSinceBoot() {
    try {
      return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
