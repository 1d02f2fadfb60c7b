package dev.pgdrill.report;

import dev.pgdrill.history.HistoryFile;
import dev.pgdrill.plan.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where one JVM of a run writes: {@code RUN/jvm-PID/} with {@code history.ndjson}, {@code results/}
 * and a folder of server logs for each cluster. Several JVMs share a run without meeting.
 */
public final class RunDirectory implements AutoCloseable {
  static final String RESULTS = "results";

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Path jvm;
  private final HistoryFile history;
  private final AtomicInteger clusters = new AtomicInteger();

  private RunDirectory(Path jvm, HistoryFile history) {
    this.jvm = jvm;
    this.history = history;
  }

  /**
   * Creates this JVM's folder below {@code pgdrill.runDir}.
   *
   * @throws UncheckedIOException naming the folder and the property, if it cannot be written
   */
  public static RunDirectory create() {
    Path run =
        Setting.RUN_DIR.find().map(Path::of).orElseGet(RunDirectory::underTarget).toAbsolutePath();
    try {
      Files.createDirectories(run);
      Path jvm = unused(run, "jvm-" + ProcessHandle.current().pid());
      Files.createDirectories(jvm.resolve(RESULTS));
      return new RunDirectory(jvm, HistoryFile.create(jvm.resolve("history.ndjson")));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the run directory %s: permit it or name another with -D%s=DIR"
              .formatted(run, Setting.RUN_DIR.property()),
          e);
    }
  }

  private static Path underTarget() {
    String time =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    return Path.of("target", "pgdrill", "runs", time + "-" + ProcessHandle.current().pid());
  }

  // One JVM may hold several test engines, each with a run directory of its own.
  private static Path unused(Path run, String name) {
    Path candidate = run.resolve(name);
    for (int i = 2; Files.exists(candidate); i++) {
      candidate = run.resolve(name + "-" + i);
    }
    return candidate;
  }

  /** This JVM's folder. */
  public Path path() {
    return jvm;
  }

  public HistoryFile history() {
    return history;
  }

  /** A new cluster id: {@code c1}, {@code c2}, ... */
  public String nextClusterId() {
    return "c" + clusters.incrementAndGet();
  }

  /** The folder for a cluster's server logs. */
  public Path clusterLogs(String clusterId) {
    try {
      return Files.createDirectories(jvm.resolve(clusterId));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a folder in " + jvm, e);
    }
  }

  /** Writes a drill's result in place of its earlier one; readers see the old or the new. */
  public void write(DrillResult result) {
    Path target = resultFile(result.id());
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.write(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the result " + target, e);
    }
  }

  /** Whether this JVM has written a result under that id. */
  public boolean has(String drillId) {
    return Files.exists(resultFile(drillId));
  }

  private Path resultFile(String drillId) {
    return jvm.resolve(RESULTS).resolve(drillId.replaceAll("[^\\w.#-]", "_") + ".json");
  }

  @Override
  public void close() throws IOException {
    history.close();
  }
}
