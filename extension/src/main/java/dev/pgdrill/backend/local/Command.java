package dev.pgdrill.backend.local;

import dev.pgdrill.cluster.CommandResult;
import dev.pgdrill.plan.Timeouts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An external program that ends by itself, under a deadline, in an environment of its own.
 *
 * @param line program and arguments
 * @param environment all of it; nothing is inherited
 * @param directory working directory
 */
record Command(List<String> line, Map<String, String> environment, Path directory) {

  private static final Map<String, String> PLAIN =
      Map.of("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin", "LC_ALL", "C");

  static Command of(String... line) {
    return new Command(List.of(line), PLAIN, Path.of("/"));
  }

  /** The same command with more in its environment. */
  Command with(Map<String, String> more) {
    var all = new TreeMap<>(environment);
    all.putAll(more);
    return new Command(line, all, directory);
  }

  Command in(Path workingDirectory) {
    return new Command(line, environment, workingDirectory);
  }

  /** The same command run by that user. */
  Command as(RunAs user) {
    var prefixed = new ArrayList<>(user.prefix());
    prefixed.addAll(line);
    return new Command(prefixed, environment, directory);
  }

  /**
   * Runs it.
   *
   * @throws IllegalStateException when it could not be started, or was killed at the deadline
   */
  CommandResult run(Duration deadline) {
    return run(deadline, "", output -> {});
  }

  /** As {@link #run(Duration)}; each line of standard output is passed on as it comes. */
  CommandResult run(Duration deadline, Consumer<String> progress) {
    return run(deadline, "", progress);
  }

  /** As {@link #run(Duration)}, with that as standard input. */
  CommandResult run(Duration deadline, String input) {
    return run(deadline, input, output -> {});
  }

  private CommandResult run(Duration deadline, String input, Consumer<String> progress) {
    Process process = start(input);
    var output = inBackground(() -> read(process.getInputStream(), progress));
    var errors = inBackground(() -> read(process.getErrorStream(), line -> {}));
    try {
      Duration limit = Timeouts.scaled(deadline);
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException(
            "%s did not end within %d s and was killed".formatted(line, limit.toSeconds()));
      }
      // A grandchild may hold the pipe open; what the program itself said has been read by then.
      return new CommandResult(
          process.exitValue(), output.get(5, TimeUnit.SECONDS), errors.get(5, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + line, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("cannot read what %s prints".formatted(line), e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static CompletableFuture<String> inBackground(Supplier<String> task) {
    return CompletableFuture.supplyAsync(
        task,
        reader -> {
          var thread = new Thread(reader, "pgdrill-command-output");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private Process start(String input) {
    var builder = new ProcessBuilder(line).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      write(process, input);
      return process;
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + line.get(0), e);
    }
  }

  /** A program that has ended already reads no more; its exit code and words tell why. */
  private static void write(Process process, String input) {
    try (var writer = process.outputWriter(StandardCharsets.UTF_8)) {
      writer.write(input);
    } catch (IOException e) {
      return;
    }
  }

  private static String read(InputStream stream, Consumer<String> progress) {
    var text = new StringBuilder();
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        text.append(line).append('\n');
        progress.accept(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
