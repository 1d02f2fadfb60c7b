package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;

/** Passes at most rate kilobytes (of 1,000 bytes) per second; no limit for a rate of 0 or less. */
record Bandwidth(long rate) implements StreamToxic {
  /** Long enough to keep timers few, short enough that the stream looks steady. */
  private static final long TICK_MILLIS = 10;

  @Override
  public Stage start(StageContext context) {
    return new BandwidthStage(context, this);
  }

  private static final class BandwidthStage implements Stage {
    private final StageContext context;
    private final Backlog backlog;
    private Bandwidth toxic;

    /** When the line has sent all that was passed on; bytes are passed on when they are sent. */
    private long lineFreeNanos = System.nanoTime();

    BandwidthStage(StageContext context, Bandwidth toxic) {
      this.context = context;
      this.toxic = toxic;
      backlog = context.newBacklog();
    }

    @Override
    public void data(ByteBuf chunk) {
      if (toxic.rate <= 0) {
        context.next().data(chunk);
        return;
      }
      if (backlog.isEmpty()) {
        lineFreeNanos = Math.max(lineFreeNanos, System.nanoTime());
      }
      backlog.add(chunk);
      if (!context.timerRuns()) {
        send();
      }
    }

    private int pieceSize() {
      long perTick = Math.multiplyHigh(toxic.rate, TICK_MILLIS) == 0 ? toxic.rate * TICK_MILLIS : 0;
      return (int) Math.min(backlog.headSize(), perTick > 0 ? perTick : Long.MAX_VALUE);
    }

    private long nanosFor(int bytes) {
      return (long) (bytes * (double) TimeUnit.MILLISECONDS.toNanos(1) / toxic.rate);
    }

    private void send() {
      while (!backlog.isEmpty()) {
        int bytes = pieceSize();
        long sentAt = lineFreeNanos + nanosFor(bytes);
        long now = System.nanoTime();
        if (sentAt > now) {
          context.startTimer(sentAt - now, this::send);
          return;
        }
        lineFreeNanos = sentAt;
        context.next().data(backlog.poll(bytes));
      }
      backlog.endIfDrained(context.next());
    }

    @Override
    public void end() {
      backlog.end();
      backlog.endIfDrained(context.next());
    }

    @Override
    public void update(Toxic changed) {
      toxic = (Bandwidth) changed;
      lineFreeNanos = System.nanoTime();
      context.stopTimer();
      if (toxic.rate <= 0) {
        backlog.drainTo(context.next());
      } else {
        send();
      }
    }

    @Override
    public void detach() {
      context.stopTimer();
      backlog.drainTo(context.next());
    }

    @Override
    public void discard() {
      context.stopTimer();
      backlog.discard();
    }
  }
}
