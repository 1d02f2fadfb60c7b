package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;

/** Passes so many bytes of a connection, then closes it. The count survives an update. */
record LimitData(long bytes) implements StreamToxic {
  LimitData {
    Toxic.require(bytes >= 0, "bytes must not be negative");
  }

  @Override
  public Stage start(StageContext context) {
    return new LimitDataStage(context, this);
  }

  private static final class LimitDataStage implements Stage {
    private final StageContext context;
    private LimitData toxic;
    private long passed;
    private boolean closed;

    LimitDataStage(StageContext context, LimitData toxic) {
      this.context = context;
      this.toxic = toxic;
    }

    @Override
    public void data(ByteBuf chunk) {
      long left = Math.max(0, toxic.bytes - passed);
      if (closed || left == 0) {
        chunk.release();
      } else if (chunk.readableBytes() > left) {
        passed += left;
        context.next().data(chunk.readRetainedSlice((int) left));
        chunk.release();
      } else {
        passed += chunk.readableBytes();
        context.next().data(chunk);
      }
      if (passed >= toxic.bytes) {
        close();
      }
    }

    /** Through the next stages first: what they still hold belongs to the bytes that may pass. */
    private void close() {
      if (!closed) {
        closed = true;
        context.closeWhenPassed();
      }
    }

    @Override
    public void end() {
      if (!closed) {
        context.next().end();
      }
    }

    @Override
    public void update(Toxic changed) {
      toxic = (LimitData) changed;
    }

    @Override
    public void detach() {}

    @Override
    public void discard() {}
  }
}
