package dev.pgdrill.load.bench;

import dev.pgdrill.backend.Backend;
import dev.pgdrill.backend.Backends;
import dev.pgdrill.backend.Site;
import dev.pgdrill.topology.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long until a primary, a streaming replica and PgBouncer serve clients, against a bare shell
 * script that does the same steps and checks nothing.
 */
final class ClusterReady {
  private static final int RUNS = 7;
  private static final String SCRIPT = "/dev/pgdrill/load/bench/bare-cluster.sh";

  private final Backend backend = Backends.select();
  private final AtomicInteger runs = new AtomicInteger();
  private final Path directory;
  private Programs programs;

  private ClusterReady(Path directory) {
    this.directory = directory;
  }

  /** Where a running cluster's programs are, and the libraries they were started with. */
  private record Programs(String postgres, String pgbouncer, String libraries) {}

  static Comparison compare(Path directory) throws Exception {
    var bench = new ClusterReady(directory);
    return Comparison.interleaved(
        "cluster ready", "s", RUNS, bench::ours, "bare shell script", bench::bare);
  }

  private double ours() throws IOException {
    String id = "c" + runs.incrementAndGet();
    Path logs = Files.createDirectories(directory.resolve(id));
    long start = System.nanoTime();
    try (var cluster =
        backend.start(Topology.primaryOnly().withReplicas(1).withPooler(), new Site(id, logs))) {
      double seconds = (System.nanoTime() - start) / 1e9;
      if (programs == null) {
        programs = programs();
      }
      return cluster.primary().isPrimary() ? seconds : Double.NaN;
    }
  }

  private static Programs programs() throws IOException {
    String postgres = program("postgres");
    String pgbouncer = program("pgbouncer");
    return new Programs(postgres, pgbouncer, libraries());
  }

  private static String program(String name) {
    return ProcessHandle.current()
        .children()
        .map(child -> child.info().command().orElse(""))
        .filter(command -> command.endsWith("/" + name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no child process " + name));
  }

  private static String libraries() throws IOException {
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      for (String variable :
          Files.readString(Path.of("/proc/" + child.pid() + "/environ")).split("\0")) {
        if (variable.startsWith("LD_LIBRARY_PATH=")) {
          return variable.substring(variable.indexOf('=') + 1);
        }
      }
    }
    return "";
  }

  /** The script prints its own time, without what it takes to end what it started. */
  private double bare() throws IOException, InterruptedException {
    String script;
    try (InputStream resource = ClusterReady.class.getResourceAsStream(SCRIPT)) {
      script = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
    var line = new ArrayList<>(unprivileged());
    line.addAll(List.of("bash", "-c", script, "bare-cluster"));
    var builder = new ProcessBuilder(line).directory(Path.of("/").toFile());
    builder.environment().put("POSTGRES", programs.postgres());
    builder.environment().put("PGBOUNCER", programs.pgbouncer());
    builder.environment().put("LD_LIBRARY_PATH", programs.libraries());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException("the bare script failed: " + printed);
    }
    return Double.parseDouble(printed);
  }

  private static List<String> unprivileged() throws IOException {
    boolean root = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    return root
        ? List.of("setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--")
        : List.of();
  }
}
