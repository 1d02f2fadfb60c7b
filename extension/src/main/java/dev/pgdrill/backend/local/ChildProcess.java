package dev.pgdrill.backend.local;

import dev.pgdrill.backend.ProcessStat;
import dev.pgdrill.backend.ProvisioningException;
import dev.pgdrill.backend.Watchdog;
import dev.pgdrill.cluster.Await;
import dev.pgdrill.cluster.Progress;
import dev.pgdrill.plan.Timeouts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server as a child process; its output goes to a log file. */
final class ChildProcess {
  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);
  private static final int LAST_WORDS = 6;

  private final Process process;
  private final Path log;
  private final long logStart;

  private ChildProcess(Process process, Path log, long logStart) {
    this.process = process;
    this.log = log;
    this.logStart = logStart;
  }

  /**
   * Starts it and has it watched.
   *
   * @param deathSignal what the kernel sends it when this JVM ends
   * @param log appended to
   */
  static ChildProcess start(Command command, RunAs user, String deathSignal, Path log) {
    var line = new ArrayList<>(user.prefixWithDeathSignal(deathSignal));
    line.addAll(command.line());
    var builder =
        new ProcessBuilder(line)
            .directory(command.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    try {
      long logStart = Files.exists(log) ? Files.size(log) : 0;
      Process process = Spawner.start(builder);
      try {
        process.getOutputStream().close();
        Watchdog.get().watch(process);
        return new ChildProcess(process, log, logStart);
      } catch (IOException | RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new ProvisioningException(
          "cannot start %s: %s".formatted(command.line().get(0), e.getMessage()), e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Sends a signal by name: {@code INT}, {@code QUIT}, {@code STOP}, {@code CONT}, ... */
  void signal(String name) {
    Command.of("sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(pid()))
        .run(Duration.ofSeconds(10));
  }

  /** Whether the process ended within the budget. */
  boolean awaitExit(Duration budget) {
    try {
      return process.waitFor(Timeouts.scaled(budget).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * SIGKILL to the process and all below it, and waits until they are gone. It is stopped first, so
   * that it cannot start another child while its children are listed.
   */
  void killTree() {
    if (isAlive()) {
      signal("STOP");
    }
    List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
    tree.add(0, process.toHandle());
    tree.forEach(ProcessHandle::destroyForcibly);
    awaitExit(GONE_WITHIN);
    Await.until(
        "processes of %s gone".formatted(pid()),
        GONE_WITHIN,
        () -> {
          List<Long> left =
              tree.stream().map(ProcessHandle::pid).filter(pid -> !ProcessStat.gone(pid)).toList();
          return Progress.when(left.isEmpty(), "still there: " + left);
        });
  }

  /** Why it is not running, with its last words; empty while it runs. */
  Optional<String> epitaph() {
    return isAlive()
        ? Optional.empty()
        : Optional.of(
            "it ended with exit code %d; the end of %s:%n%s"
                .formatted(process.exitValue(), log, lastWords()));
  }

  /** The last lines that it wrote since it was started. */
  String lastWords() {
    try {
      byte[] all = Files.readAllBytes(log);
      int from = (int) Math.min(logStart, all.length);
      List<String> lines =
          new String(all, from, all.length - from, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    } catch (IOException e) {
      return "(cannot be read: " + e.getMessage() + ")";
    }
  }
}
