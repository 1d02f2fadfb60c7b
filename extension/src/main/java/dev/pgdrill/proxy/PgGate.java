package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/**
 * Stands before the toxics of one direction and does what the rules say of each message: passes,
 * delays or cuts. Holds back no more than the messages' first bytes, until they can be judged.
 */
final class PgGate {
  /** What the gate wants to know of each message. */
  interface Judge {
    PgRule.Verdict judge(PgFramer framer);

    /** Whether any verdict but "pass" is possible. */
    boolean strict();

    void cut();

    /** The bytes do not follow the protocol, or do so no more. */
    void unreadable(PgFramer framer);
  }

  private final Stream stream;
  private final StageContext timer;
  private final PgFramer framer;
  private final Judge judge;
  private final ArrayDeque<ByteBuf> undecided = new ArrayDeque<>();

  /** Bytes that are judged and go when the delay is over. */
  private final Backlog delayed;

  /** Bytes behind those, not read yet. */
  private final Backlog waiting;

  private boolean delaying;
  private boolean cut;
  private boolean ended;

  PgGate(Stream stream, PgFramer framer, Judge judge) {
    this.stream = stream;
    timer = new StageContext(stream);
    this.framer = framer;
    this.judge = judge;
    delayed = new Backlog(stream);
    waiting = new Backlog(stream);
  }

  void data(ByteBuf chunk) {
    if (cut) {
      chunk.release();
    } else if (delaying) {
      waiting.add(chunk);
    } else {
      process(chunk);
    }
  }

  private void process(ByteBuf chunk) {
    framer.begin(chunk);
    while (framer.next()) {
      PgRule.Verdict verdict = judge.judge(framer);
      framer.endIfComplete();
      if (verdict.cut()) {
        cutBefore(chunk);
        return;
      }
      if (verdict.delayNanos() > 0) {
        delay(chunk, verdict.delayNanos());
        return;
      }
      releaseUndecided(false);
    }
    if (framer.mode() == PgFramer.Mode.OPAQUE) {
      judge.unreadable(framer);
    }
    if (framer.undecided() && judge.strict()) {
      keepUndecided(chunk);
    } else {
      releaseUndecided(false);
      stream.enter(chunk);
    }
  }

  /** Passes the part before the message that has begun, keeps the rest. */
  private void keepUndecided(ByteBuf chunk) {
    passBefore(chunk);
    if (chunk.isReadable()) {
      undecided.add(chunk);
    } else {
      chunk.release();
    }
  }

  private void passBefore(ByteBuf chunk) {
    int before = framer.start() - chunk.readerIndex();
    if (before > 0) {
      stream.enter(chunk.readRetainedSlice(before));
    }
  }

  private void releaseUndecided(boolean drop) {
    while (!undecided.isEmpty()) {
      ByteBuf piece = undecided.poll();
      if (drop) {
        piece.release();
      } else {
        stream.enter(piece);
      }
    }
  }

  private void cutBefore(ByteBuf chunk) {
    passBefore(chunk);
    chunk.release();
    releaseUndecided(true);
    stream.flush();
    cut = true;
    judge.cut();
  }

  private void delay(ByteBuf chunk, long nanos) {
    passBefore(chunk);
    while (!undecided.isEmpty()) {
      delayed.add(undecided.poll());
    }
    delayed.add(chunk.readRetainedSlice(framer.at() - chunk.readerIndex()));
    if (chunk.isReadable()) {
      waiting.addFirst(chunk, System.nanoTime());
    } else {
      chunk.release();
    }
    delaying = true;
    timer.startTimer(nanos, this::resume);
  }

  /** Passes what was delayed, and goes on with what is behind it. */
  void resume() {
    timer.stopTimer();
    delaying = false;
    while (!delayed.isEmpty()) {
      stream.enter(delayed.poll());
    }
    while (!delaying && !cut && !waiting.isEmpty()) {
      process(waiting.poll());
    }
    if (!delaying && ended) {
      passEnd();
    }
    stream.flush();
  }

  /** Nothing will be judged any more: pass what waits for a verdict. */
  void open() {
    if (!delaying && !cut) {
      releaseUndecided(false);
      stream.flush();
    }
  }

  void end() {
    ended = true;
    if (!delaying && !cut) {
      passEnd();
    }
  }

  private void passEnd() {
    ended = false;
    releaseUndecided(false);
    stream.enterEnd();
  }

  void discard() {
    timer.stopTimer();
    cut = true;
    delaying = false;
    releaseUndecided(true);
    delayed.discard();
    waiting.discard();
  }
}
