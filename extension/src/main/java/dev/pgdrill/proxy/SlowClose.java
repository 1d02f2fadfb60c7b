package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;

/** Passes the close on only after delay milliseconds; data is not delayed. */
record SlowClose(long delay) implements StreamToxic {
  SlowClose {
    Toxic.require(delay >= 0, "delay must not be negative");
  }

  @Override
  public Stage start(StageContext context) {
    return new SlowCloseStage(context, this);
  }

  private static final class SlowCloseStage implements Stage {
    private final StageContext context;
    private SlowClose toxic;
    private boolean ended;

    SlowCloseStage(StageContext context, SlowClose toxic) {
      this.context = context;
      this.toxic = toxic;
    }

    @Override
    public void data(ByteBuf chunk) {
      context.next().data(chunk);
    }

    @Override
    public void end() {
      ended = true;
      context.startTimer(TimeUnit.MILLISECONDS.toNanos(toxic.delay), this::pass);
    }

    private void pass() {
      ended = false;
      context.next().end();
    }

    /** A close that already waits starts its wait anew, as upstream does. */
    @Override
    public void update(Toxic changed) {
      toxic = (SlowClose) changed;
      if (ended) {
        end();
      }
    }

    @Override
    public void detach() {
      context.stopTimer();
      if (ended) {
        pass();
      }
    }

    @Override
    public void discard() {
      context.stopTimer();
    }
  }
}
