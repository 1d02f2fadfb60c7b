package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;

/**
 * Drops all data and closes the connection after timeout milliseconds, or, at 0, when the toxic is
 * removed. The time runs from the moment the toxic starts on a connection; upstream starts it anew
 * with each chunk that it drops, so that a client that keeps sending is never closed.
 */
record Timeout(long timeout) implements StreamToxic {
  Timeout {
    Toxic.require(timeout >= 0, "timeout must not be negative");
  }

  @Override
  public Stage start(StageContext context) {
    TimeoutStage stage = new TimeoutStage(context);
    stage.update(this);
    return stage;
  }

  private record TimeoutStage(StageContext context) implements Stage {
    @Override
    public void data(ByteBuf chunk) {
      chunk.release();
    }

    @Override
    public void end() {
      context.next().end();
    }

    @Override
    public void update(Toxic changed) {
      context.stopTimer();
      long millis = ((Timeout) changed).timeout;
      if (millis > 0) {
        context.startTimer(TimeUnit.MILLISECONDS.toNanos(millis), context::closeWhenPassed);
      }
    }

    /** Bytes are missing from the stream: it must not go on as if nothing had happened. */
    @Override
    public void detach() {
      context.stopTimer();
      context.closeWhenPassed();
    }

    @Override
    public void discard() {
      context.stopTimer();
    }
  }
}
