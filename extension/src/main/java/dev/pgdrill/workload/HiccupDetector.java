package dev.pgdrill.workload;

import dev.pgdrill.history.Journal;
import dev.pgdrill.history.Kind;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Watches the load generator itself: a thread that wants to wake every millisecond and notes when
 * it was kept from it for longer than {@value #NOTED_NANOS} ns (garbage collection, no CPU, a
 * suspended machine). The idea is Gil Tene's jHiccup.
 */
final class HiccupDetector implements AutoCloseable {
  static final long NOTED_NANOS = 50_000_000;
  private static final long TICK_NANOS = 1_000_000;

  private final Thread thread;
  private volatile boolean running = true;

  HiccupDetector(Journal journal) {
    this(journal, System::nanoTime);
  }

  HiccupDetector(Journal journal, LongSupplier clock) {
    thread = new Thread(() -> watch(journal, clock), "pgdrill-hiccups");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch(Journal journal, LongSupplier clock) {
    long last = clock.getAsLong();
    while (running) {
      LockSupport.parkNanos(TICK_NANOS);
      long now = clock.getAsLong();
      long late = now - last - TICK_NANOS;
      if (late > NOTED_NANOS) {
        journal.note(Kind.HICCUP, null, Map.of("ns", late));
      }
      last = now;
    }
  }

  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
  }
}
