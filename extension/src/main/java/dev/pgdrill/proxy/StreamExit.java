package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.concurrent.atomic.LongAdder;

/** The end of the chain: writes to the receiver's socket. */
final class StreamExit implements Sink {
  private final Stream stream;
  private final Channel sink;
  private final LongAdder sent;
  private boolean unflushed;
  private boolean ended;

  StreamExit(Stream stream, Channel sink, LongAdder sent) {
    this.stream = stream;
    this.sink = sink;
    this.sent = sent;
  }

  /** Without toxics the flush waits for the end of the read; with toxics a chunk is a packet. */
  @Override
  public void data(ByteBuf chunk) {
    if (ended || !sink.isActive()) {
      chunk.release();
      return;
    }
    sent.add(chunk.readableBytes());
    if (stream.direct()) {
      unflushed = true;
      ChannelFuture unused = sink.write(chunk, sink.voidPromise());
    } else {
      ChannelFuture unused = sink.writeAndFlush(chunk, sink.voidPromise());
    }
  }

  void flush() {
    if (unflushed) {
      unflushed = false;
      sink.flush();
    }
  }

  /** Netty drops what is queued when an output is shut down, so wait for the queue. */
  @Override
  public void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (stream.broken()) {
      stream.resetConnection();
    } else {
      sink.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(future -> stream.exitDrained());
    }
  }
}
