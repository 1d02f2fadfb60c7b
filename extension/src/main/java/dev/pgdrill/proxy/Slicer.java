package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Cuts data into packets of averageSize +- sizeVariation bytes, with a pause of delay microseconds
 * after each. Sizes that upstream cannot work with (it recurses without end, or panics) are
 * refused.
 */
record Slicer(int averageSize, int sizeVariation, long delay) implements StreamToxic {
  Slicer {
    Toxic.require(averageSize >= 1, "average_size must be at least 1");
    Toxic.require(
        sizeVariation >= 0 && sizeVariation < averageSize,
        "size_variation must be at least 0 and less than average_size");
    Toxic.require(delay >= 0, "delay must not be negative");
  }

  private int drawSize() {
    return sizeVariation == 0
        ? averageSize
        : ThreadLocalRandom.current()
            .nextInt(averageSize - sizeVariation, averageSize + sizeVariation + 1);
  }

  @Override
  public Stage start(StageContext context) {
    return new SlicerStage(context, this);
  }

  private static final class SlicerStage implements Stage {
    /** Slices without a pause between them are sent in turns, so that other streams go on. */
    private static final int SLICES_PER_TURN = 256;

    private final StageContext context;
    private final Backlog backlog;
    private Slicer toxic;

    SlicerStage(StageContext context, Slicer toxic) {
      this.context = context;
      this.toxic = toxic;
      backlog = context.newBacklog();
    }

    @Override
    public void data(ByteBuf chunk) {
      backlog.add(chunk);
      if (!context.timerRuns()) {
        slice();
      }
    }

    private void slice() {
      int turn = toxic.delay == 0 ? SLICES_PER_TURN : 1;
      for (int i = 0; i < turn && !backlog.isEmpty(); i++) {
        context.next().data(backlog.poll(toxic.drawSize()));
      }
      if (backlog.isEmpty() && toxic.delay == 0) {
        backlog.endIfDrained(context.next());
      } else {
        context.startTimer(TimeUnit.MICROSECONDS.toNanos(toxic.delay), this::afterPause);
      }
    }

    private void afterPause() {
      if (backlog.isEmpty()) {
        backlog.endIfDrained(context.next());
      } else {
        slice();
      }
    }

    @Override
    public void end() {
      backlog.end();
      if (!context.timerRuns()) {
        backlog.endIfDrained(context.next());
      }
    }

    @Override
    public void update(Toxic changed) {
      toxic = (Slicer) changed;
      if (context.timerRuns()) {
        context.startTimer(TimeUnit.MICROSECONDS.toNanos(toxic.delay), this::afterPause);
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
