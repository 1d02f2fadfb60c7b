package dev.pgdrill.backend;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Runs several steps at once, each in a thread of its own. */
public final class Parallel {
  private Parallel() {}

  /**
   * Returns when all have ended.
   *
   * @throws RuntimeException the first step's that failed, the others' suppressed in it
   */
  public static void run(List<Runnable> steps) {
    var running =
        steps.stream()
            .map(
                step ->
                    CompletableFuture.runAsync(
                        step, task -> new Thread(task, "pgdrill-provisioning").start()))
            .toList();
    RuntimeException first = null;
    for (CompletableFuture<Void> one : running) {
      try {
        one.join();
      } catch (CompletionException e) {
        RuntimeException failure =
            e.getCause() instanceof RuntimeException r
                ? r
                : new IllegalStateException(e.getCause());
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
