package dev.pgdrill.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.backend.Site;
import dev.pgdrill.cluster.Await;
import dev.pgdrill.cluster.Progress;
import dev.pgdrill.topology.Topology;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that dies by SIGKILL leaves no process and no data. */
@Tag("integration")
class KilledJvmTests {

  @TempDir private Path logs;

  /** What runs in the JVM that is killed. */
  static final class Victim {
    private Victim() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
      var topology = Topology.primaryOnly().withReplicas(1).withPooler();
      var cluster = new LocalBackend().start(topology, new Site("c1", Path.of(arguments[0])));
      System.out.println("up " + cluster.primary().query("show data_directory"));
      Thread.currentThread().join();
    }
  }

  @Test
  void nothingIsLeft() throws IOException {
    long segments = Machine.sharedMemorySegments();
    Process victim =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                logs.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path data = Path.of(readUntilUp(victim).substring("up ".length())).getParent();
    assertThat(Machine.processesOf(data)).hasSizeGreaterThanOrEqualTo(3);

    victim.destroyForcibly();

    Await.until(
        "processes and data of the killed JVM gone",
        Duration.ofSeconds(30),
        () -> {
          List<Long> left = Machine.processesOf(data);
          boolean gone = left.isEmpty() && !Files.exists(data);
          return Progress.when(
              gone, "processes %s, data there: %s".formatted(left, Files.exists(data)));
        });
    assertThat(Machine.sharedMemorySegments()).isLessThanOrEqualTo(segments);
  }

  private static String readUntilUp(Process victim) throws IOException {
    try (BufferedReader reader = victim.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("up ")) {
          return line;
        }
      }
    }
    throw new AssertionError("the JVM to be killed ended by itself");
  }
}
