package dev.pgdrill.backend;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;

/**
 * What has been started and must be ended, last in, first out. Everything is ended even when ending
 * one of them fails.
 */
public final class Releases implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  public synchronized <T extends AutoCloseable> T add(T resource) {
    started.push(resource);
    return resource;
  }

  /**
   * Ends everything; does nothing the second time.
   *
   * @throws IllegalStateException if something could not be ended; the rest was
   */
  @Override
  public synchronized void close() {
    var failures = new ArrayList<Exception>();
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      var failure = new IllegalStateException("not everything could be ended", failures.remove(0));
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /** Ends everything because of a failure, to which problems on the way are added. */
  public void closeAfter(Throwable failure) {
    try {
      close();
    } catch (IllegalStateException e) {
      failure.addSuppressed(e);
    }
  }
}
