package dev.pgdrill.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Cleans up after this JVM, however it ends: a shell in a session of its own holds the other end of
 * a pipe, and when the pipe closes it ends the processes and removes the directories that it was
 * told of. One for the JVM, started with the first thing to watch.
 */
public final class Watchdog {
  private static final Watchdog INSTANCE = new Watchdog();
  private static final String SCRIPT = "/dev/pgdrill/backend/watchdog.sh";

  private Writer pipe;

  private Watchdog() {}

  public static Watchdog get() {
    return INSTANCE;
  }

  /** Watches a child process; its start time guards against a reused process id. */
  public void watch(Process process) {
    ProcessStat.read(process.pid())
        .ifPresent(stat -> tell("P " + process.pid() + ":" + stat.startTime()));
  }

  /** Watches a directory below the temporary directory. */
  public void watch(Path directory) {
    tell("D " + directory.toAbsolutePath());
  }

  private synchronized void tell(String line) {
    try {
      if (pipe == null) {
        pipe = start();
      }
      pipe.write(line + "\n");
      pipe.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the watchdog that cleans up after this JVM is gone", e);
    }
  }

  private static Writer start() throws IOException {
    String script;
    try (InputStream resource = Watchdog.class.getResourceAsStream(SCRIPT)) {
      script = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
    String setsid = Files.isExecutable(Path.of("/usr/bin/setsid")) ? "setsid" : "nohup";
    return new ProcessBuilder(setsid, "sh", "-c", script, "pgdrill-watchdog")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .outputWriter(StandardCharsets.UTF_8);
  }
}
