package dev.pgdrill.backend;

import java.util.ArrayDeque;
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

  /** Ends everything; does nothing the second time. */
  @Override
  public synchronized void close() throws Exception {
    Exception first = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Ends everything because of a failure, to which problems on the way are added. */
  public void closeAfter(Throwable failure) {
    try {
      close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }
}
