package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;

/**
 * Waits for data (or the end), then timeout milliseconds, then resets both ends of the connection.
 * The data is dropped. Connections that were open before the toxic are reset, too; upstream closes
 * those with a FIN, because it sets SO_LINGER only when a connection starts.
 */
record ResetPeer(long timeout) implements StreamToxic {
  ResetPeer {
    Toxic.require(timeout >= 0, "timeout must not be negative");
  }

  @Override
  public Stage start(StageContext context) {
    return new ResetPeerStage(context, this);
  }

  private static final class ResetPeerStage implements Stage {
    private final StageContext context;
    private ResetPeer toxic;

    ResetPeerStage(StageContext context, ResetPeer toxic) {
      this.context = context;
      this.toxic = toxic;
    }

    @Override
    public void data(ByteBuf chunk) {
      chunk.release();
      arm();
    }

    @Override
    public void end() {
      arm();
    }

    private void arm() {
      if (!context.timerRuns()) {
        context.startTimer(TimeUnit.MILLISECONDS.toNanos(toxic.timeout), context::resetConnection);
      }
    }

    @Override
    public void update(Toxic changed) {
      toxic = (ResetPeer) changed;
      if (context.timerRuns()) {
        context.stopTimer();
        arm();
      }
    }

    /** Once data has been dropped there is no way back to a whole stream. */
    @Override
    public void detach() {
      if (context.timerRuns()) {
        context.stopTimer();
        context.resetConnection();
      }
    }

    @Override
    public void discard() {
      context.stopTimer();
    }
  }
}
