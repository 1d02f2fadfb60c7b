package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Drops chunks at random, as Toxiproxy's packet_loss of 2026 does: with the probability lossRate,
 * or lossRate + correlation right after a dropped one. Both are clamped to 0..1. The proxy's kernel
 * has acknowledged what is dropped here, so nobody sends it again: bytes are missing from the
 * stream, which is not what loss on a wire does to TCP.
 */
record PacketLoss(double lossRate, double correlation) implements StreamToxic {
  private static double clamp(double value) {
    return Math.max(0, Math.min(1, value));
  }

  boolean drops(boolean afterDropped, double draw) {
    return draw < clamp(lossRate) + (afterDropped ? clamp(correlation) : 0);
  }

  @Override
  public Stage start(StageContext context) {
    return new PacketLossStage(context, this);
  }

  private static final class PacketLossStage implements Stage {
    private final StageContext context;
    private PacketLoss toxic;
    private boolean dropped;

    PacketLossStage(StageContext context, PacketLoss toxic) {
      this.context = context;
      this.toxic = toxic;
    }

    @Override
    public void data(ByteBuf chunk) {
      dropped = toxic.drops(dropped, ThreadLocalRandom.current().nextDouble());
      if (dropped) {
        chunk.release();
      } else {
        context.next().data(chunk);
      }
    }

    @Override
    public void end() {
      context.next().end();
    }

    @Override
    public void update(Toxic changed) {
      toxic = (PacketLoss) changed;
    }

    @Override
    public void detach() {}

    @Override
    public void discard() {}
  }
}
