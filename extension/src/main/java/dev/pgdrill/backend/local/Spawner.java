package dev.pgdrill.backend.local;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts children from one thread that lives as long as the JVM: the kernel's parent-death signal
 * is bound to the thread that spawned, not to the process.
 */
final class Spawner {
  private static final ExecutorService EVERLASTING =
      Executors.newSingleThreadExecutor(
          task -> {
            var thread = new Thread(task, "pgdrill-spawner");
            thread.setDaemon(true);
            return thread;
          });

  private Spawner() {}

  static Process start(ProcessBuilder builder) throws IOException {
    try {
      return EVERLASTING.submit(builder::start).get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting " + builder.command(), e);
    }
  }
}
