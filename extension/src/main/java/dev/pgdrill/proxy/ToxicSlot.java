package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;

/** A toxic's place in a stream; without a stage when its toxicity spares this connection. */
final class ToxicSlot implements Sink {
  private final StageContext context;

  /** Drawn once, so that a change of attributes does not change which connections suffer. */
  private final double draw = ThreadLocalRandom.current().nextDouble();

  private ToxicSpec spec;
  private Stage stage;

  ToxicSlot(Stream stream, ToxicSpec spec) {
    context = new StageContext(stream);
    this.spec = spec;
  }

  ToxicSpec.Identity id() {
    return spec.id();
  }

  boolean active() {
    return draw < spec.toxicity();
  }

  void linkTo(Sink next) {
    context.linkTo(next);
  }

  /** Puts a changed toxic to work; a stage that is to start waits for {@link #startNew}. */
  void set(ToxicSpec changed) {
    boolean update = !changed.equals(spec);
    spec = changed;
    if (stage != null && !active()) {
      stop();
    } else if (stage != null && update) {
      stage.update(spec.toxic());
    }
  }

  /** After linking, because a stage may act as soon as it starts. */
  void startNew() {
    if (stage == null && active()) {
      stage = ((StreamToxic) spec.toxic()).start(context);
    }
  }

  void stop() {
    if (stage != null) {
      Stage stopped = stage;
      stage = null;
      stopped.detach();
    }
  }

  @Override
  public void data(ByteBuf chunk) {
    stage.data(chunk);
  }

  @Override
  public void end() {
    stage.end();
  }

  void discard() {
    if (stage != null) {
      stage.discard();
    }
  }
}
