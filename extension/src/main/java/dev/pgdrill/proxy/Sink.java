package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;

/** Takes one direction of a connection, chunk by chunk. All calls come on its event loop. */
interface Sink {
  /** Takes over the chunk, which is released when its bytes have gone or are dropped. */
  void data(ByteBuf chunk);

  /** The sender will send no more. Called once at most. */
  void end();
}
