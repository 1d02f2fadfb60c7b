package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Delays every chunk by latency +- jitter, both in milliseconds; order is kept. What is in flight
 * is bounded ({@link Stream#HELD_HIGH} bytes for one direction of a connection), so the rate cannot
 * exceed that bound per latency, as with the window of a real path.
 */
record Latency(long latency, long jitter) implements StreamToxic {
  Latency {
    Toxic.require(latency >= 0, "latency must not be negative");
    Toxic.require(jitter >= 0, "jitter must not be negative");
  }

  private long drawNanos() {
    long millis =
        jitter == 0 ? latency : latency + ThreadLocalRandom.current().nextLong(-jitter, jitter);
    return TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
  }

  @Override
  public Stage start(StageContext context) {
    return new LatencyStage(context, this);
  }

  private static final class LatencyStage implements Stage {
    private final StageContext context;
    private final Backlog backlog;
    private Latency toxic;
    private long headDelayNanos;

    LatencyStage(StageContext context, Latency toxic) {
      this.context = context;
      this.toxic = toxic;
      backlog = context.newBacklog();
    }

    @Override
    public void data(ByteBuf chunk) {
      backlog.add(chunk);
      if (!context.timerRuns()) {
        headDelayNanos = toxic.drawNanos();
        awaitHead();
      }
    }

    private void awaitHead() {
      long due = backlog.headArrival() + headDelayNanos;
      context.startTimer(due - System.nanoTime(), this::passDue);
    }

    private void passDue() {
      while (!backlog.isEmpty()) {
        if (backlog.headArrival() + headDelayNanos > System.nanoTime()) {
          awaitHead();
          return;
        }
        context.next().data(backlog.poll());
        headDelayNanos = toxic.drawNanos();
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
      toxic = (Latency) changed;
      if (!backlog.isEmpty()) {
        headDelayNanos = toxic.drawNanos();
        awaitHead();
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
