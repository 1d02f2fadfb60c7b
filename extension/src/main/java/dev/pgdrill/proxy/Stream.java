package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * One direction of a connection: from the source channel through the toxics to the sink channel.
 * Everything runs on the event loop that both channels share, so a change of toxics falls between
 * two chunks and needs no lock.
 */
final class Stream {
  /** Reading from the source stops when toxics hold more than this, in bytes. */
  static final int HELD_HIGH = 4 << 20;

  /** And goes on below this, in bytes. */
  static final int HELD_LOW = 2 << 20;

  private final Connection connection;
  private final Direction direction;
  private final Channel source;
  private final Channel sink;
  private final LongAdder received;
  private final Map<ToxicSpec.Identity, ToxicSlot> slots = new LinkedHashMap<>();
  private final StreamExit exit;
  private Sink entry;
  private PgGate gate;
  private long held;
  private boolean reading;
  private boolean sourceEnded;
  private boolean sourceFailed;
  private boolean closing;

  Stream(Connection connection, Direction direction, Channel source, Channel sink) {
    this.connection = connection;
    this.direction = direction;
    this.source = source;
    this.sink = sink;
    received = connection.traffic().received(direction);
    exit = new StreamExit(this, sink, connection.traffic().sent(direction));
    entry = exit;
  }

  EventLoop eventLoop() {
    return source.eventLoop();
  }

  /** The gate sees all bytes first; null takes it away. */
  void use(PgGate newGate) {
    gate = newGate;
  }

  void start() {
    updateReading();
  }

  void read(ByteBuf chunk) {
    received.add(chunk.readableBytes());
    if (closing) {
      chunk.release();
    } else if (gate != null) {
      gate.data(chunk);
    } else {
      entry.data(chunk);
    }
  }

  /** Bytes that the gate, if any, lets through. */
  void enter(ByteBuf chunk) {
    entry.data(chunk);
  }

  void enterEnd() {
    entry.end();
  }

  /**
   * The source will send no more.
   *
   * @param failed whether it broke, so that the other side shall see a reset, too
   */
  void sourceEnded(boolean failed) {
    if (sourceEnded) {
      return;
    }
    sourceEnded = true;
    sourceFailed = failed;
    if (closing) {
      return;
    }
    if (gate != null) {
      gate.end();
    } else {
      entry.end();
    }
  }

  /** Whether no toxic is at work on bytes. */
  boolean direct() {
    return entry == exit;
  }

  /** All that was passed on has been written: tell the receiver how the stream ended. */
  void exitDrained() {
    if (closing) {
      connection.close();
    } else {
      Sockets.shutDownOutput(sink);
      connection.finished(direction);
    }
  }

  /** Whether the sender broke, and nothing but a reset can tell the receiver. */
  boolean broken() {
    return sourceFailed && !closing;
  }

  void flush() {
    exit.flush();
  }

  /** Reads on, but drops; closes the connection when what is in the stream has been delivered. */
  void closeWhenPassed() {
    closeWhenPassed(entry);
  }

  void closeWhenPassed(Sink next) {
    closing = true;
    next.end();
  }

  void resetConnection() {
    connection.reset();
  }

  /** Accounts for bytes that a toxic begins or, negative, ceases to hold. */
  void hold(int bytes) {
    held += bytes;
    updateReading();
  }

  /** The only place that turns reading on and off: it depends on the sink and on what is held. */
  void updateReading() {
    boolean wanted = sink.isWritable() && held < (reading ? HELD_HIGH : HELD_LOW);
    if (wanted != reading) {
      reading = wanted;
      source.config().setAutoRead(wanted);
    }
  }

  /** Bytes in memory on the way to the sink; may be called from any thread. */
  long buffered() {
    ChannelOutboundBuffer outbound = sink.unsafe().outboundBuffer();
    return held + (outbound == null ? 0 : outbound.totalPendingWriteBytes());
  }

  /** Brings the toxics at work in line with those that are set on the proxy. */
  void sync(List<ToxicSpec> toxics) {
    Map<ToxicSpec.Identity, ToxicSpec> wanted = new LinkedHashMap<>();
    for (ToxicSpec spec : toxics) {
      if (spec.stream() == direction && spec.toxic() instanceof StreamToxic) {
        wanted.put(spec.id(), spec);
      }
    }
    // In the chain's order: what a removed stage gives up may run into another removed one.
    for (Iterator<ToxicSlot> all = slots.values().iterator(); all.hasNext(); ) {
      ToxicSlot slot = all.next();
      if (!wanted.containsKey(slot.id())) {
        slot.stop();
        all.remove();
      }
    }
    wanted.forEach(
        (id, spec) -> slots.computeIfAbsent(id, key -> new ToxicSlot(this, spec)).set(spec));
    link();
    slots.values().forEach(ToxicSlot::startNew);
    flush();
  }

  private void link() {
    List<ToxicSlot> active = new ArrayList<>(slots.values());
    active.removeIf(slot -> !slot.active());
    Sink next = exit;
    for (int i = active.size() - 1; i >= 0; i--) {
      active.get(i).linkTo(next);
      next = active.get(i);
    }
    entry = next;
  }

  void discard() {
    slots.values().forEach(ToxicSlot::discard);
    if (gate != null) {
      gate.discard();
    }
  }
}
