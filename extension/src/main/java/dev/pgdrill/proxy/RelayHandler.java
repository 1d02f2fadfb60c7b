package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Ties a channel to the stream that it feeds and the stream that it drains. */
final class RelayHandler extends ChannelInboundHandlerAdapter {
  private final Stream from;
  private final Stream into;
  private boolean failed;

  RelayHandler(Stream from, Stream into) {
    this.from = from;
    this.into = into;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    from.read((ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    from.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    into.updateReading();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      from.flush();
      from.sourceEnded(false);
    }
  }

  /** An I/O error: a reset by the peer, mostly. The stream ends when the channel has closed. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed = true;
    Sockets.close(ctx.channel());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    from.flush();
    from.sourceEnded(failed);
  }
}
