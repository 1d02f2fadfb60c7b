package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/**
 * Chunks that a stage holds, in order, and then perhaps the end of the stream. Their memory is
 * accounted to the stream, which stops reading from its peer when they are too many.
 */
final class Backlog {
  /** What a chunk costs beyond its bytes, so that a flood of tiny ones is bounded, too. */
  private static final int CHUNK_COST = 256;

  private record Held(ByteBuf chunk, long arrivalNanos, int cost) {}

  private final Stream stream;
  private final ArrayDeque<Held> chunks = new ArrayDeque<>();
  private boolean ended;

  Backlog(Stream stream) {
    this.stream = stream;
  }

  void add(ByteBuf chunk) {
    add(chunk, System.nanoTime(), false);
  }

  /** Puts back what is left of a chunk. */
  void addFirst(ByteBuf chunk, long arrivalNanos) {
    add(chunk, arrivalNanos, true);
  }

  private void add(ByteBuf chunk, long arrivalNanos, boolean first) {
    ByteBuf fitted = fit(chunk);
    Held held = new Held(fitted, arrivalNanos, fitted.readableBytes() + CHUNK_COST);
    if (first) {
      chunks.addFirst(held);
    } else {
      chunks.addLast(held);
    }
    stream.hold(held.cost);
  }

  /** A few bytes in a large read buffer would hold much more memory than is accounted. */
  private static ByteBuf fit(ByteBuf chunk) {
    int size = chunk.readableBytes();
    if (chunk.capacity() <= 2 * size + CHUNK_COST) {
      return chunk;
    }
    ByteBuf copy = chunk.alloc().directBuffer(size, size).writeBytes(chunk);
    chunk.release();
    return copy;
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  long headArrival() {
    return chunks.getFirst().arrivalNanos;
  }

  int headSize() {
    return chunks.getFirst().chunk.readableBytes();
  }

  ByteBuf poll() {
    Held held = chunks.removeFirst();
    stream.hold(-held.cost);
    return held.chunk;
  }

  /** The first bytes of the head, at most so many; the rest stays. */
  ByteBuf poll(int bytes) {
    long arrival = headArrival();
    ByteBuf head = poll();
    if (head.readableBytes() <= bytes) {
      return head;
    }
    ByteBuf part = head.readRetainedSlice(bytes);
    // Not through fit(): copying the rest of a chunk for each of its slices would be quadratic.
    Held rest = new Held(head, arrival, head.readableBytes() + CHUNK_COST);
    chunks.addFirst(rest);
    stream.hold(rest.cost);
    return part;
  }

  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Ends the next sink when all is passed on and the sender has ended. */
  void endIfDrained(Sink next) {
    if (ended && chunks.isEmpty()) {
      ended = false;
      next.end();
    }
  }

  void drainTo(Sink next) {
    while (!chunks.isEmpty()) {
      next.data(poll());
    }
    endIfDrained(next);
  }

  void discard() {
    while (!chunks.isEmpty()) {
      poll().release();
    }
  }
}
