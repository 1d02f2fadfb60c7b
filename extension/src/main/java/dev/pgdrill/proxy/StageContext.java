package dev.pgdrill.proxy;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What a stage has to work with: the next one, one timer, and the connection's ends. */
final class StageContext {
  private final Stream stream;
  private Sink next;
  private Future<?> timer;

  StageContext(Stream stream) {
    this.stream = stream;
  }

  Sink next() {
    return next;
  }

  void linkTo(Sink sink) {
    next = sink;
  }

  Backlog newBacklog() {
    return new Backlog(stream);
  }

  /** Sets the stage's only timer, in place of one that may be running. */
  void startTimer(long delayNanos, Runnable task) {
    stopTimer();
    timer =
        stream
            .eventLoop()
            .schedule(() -> fire(task), Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
  }

  private void fire(Runnable task) {
    timer = null;
    task.run();
  }

  void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  boolean timerRuns() {
    return timer != null;
  }

  /** Passes nothing more on; closes both ends when what was passed on so far is delivered. */
  void closeWhenPassed() {
    stream.closeWhenPassed(next);
  }

  /** Closes both ends at once with a TCP reset. */
  void resetConnection() {
    stream.resetConnection();
  }
}
