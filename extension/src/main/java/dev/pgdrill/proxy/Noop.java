package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;

/** Changes nothing; upstream has it for its own tests and lists it among the types. */
record Noop() implements StreamToxic {
  @Override
  public Stage start(StageContext context) {
    return new NoopStage(context);
  }

  private record NoopStage(StageContext context) implements Stage {
    @Override
    public void data(ByteBuf chunk) {
      context.next().data(chunk);
    }

    @Override
    public void end() {
      context.next().end();
    }

    @Override
    public void update(Toxic toxic) {}

    @Override
    public void detach() {}

    @Override
    public void discard() {}
  }
}
