package dev.pgdrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;

import dev.pgdrill.report.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(SYSTEM_PROPERTIES)
class DrillRunTests {
  private static final int THREADS = 8;

  @TempDir private Path directory;

  @Test
  void drillsOfOneIdThatBeginTogetherAllHaveTheirOwn() throws IOException {
    var together = new CyclicBarrier(THREADS);
    var threads = Executors.newFixedThreadPool(THREADS);

    try (RunDirectory run = runDirectory()) {
      var begun =
          IntStream.range(0, THREADS)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> begin(run, together), threads))
              .toList();

      assertThat(begun.stream().map(CompletableFuture::join))
          .containsExactlyInAnyOrder(
              "failover.same",
              "failover.same~2",
              "failover.same~3",
              "failover.same~4",
              "failover.same~5",
              "failover.same~6",
              "failover.same~7",
              "failover.same~8");
    } finally {
      threads.shutdownNow();
    }
  }

  private static String begin(RunDirectory run, CyclicBarrier together) {
    try {
      together.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the other threads did not come", e);
    }
    return DrillRun.ofDrill(run, "failover.same", "").drill().id();
  }

  private RunDirectory runDirectory() {
    return SystemProperties.with(
        Map.of("pgdrill.runDir", directory.toString()), RunDirectory::create);
  }
}
