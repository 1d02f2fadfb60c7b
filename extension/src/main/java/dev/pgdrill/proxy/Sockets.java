package dev.pgdrill.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannelConfig;

/** Ends of sockets. Whether an end fails is of no use to anybody: the socket is gone. */
final class Sockets {
  private Sockets() {}

  /** An orderly end, unless bytes wait unread: then the kernel resets. */
  static void close(Channel channel) {
    ChannelFuture unused = channel.close();
  }

  /** An end with a TCP reset: what waits to be sent is dropped. */
  static void reset(Channel channel) {
    if (channel.isOpen()) {
      ((SocketChannelConfig) channel.config()).setSoLinger(0);
      close(channel);
    }
  }

  /** The peer reads to the end, and may go on to send. */
  static void shutDownOutput(Channel channel) {
    if (channel.isActive()) {
      ChannelFuture unused = ((DuplexChannel) channel).shutdownOutput();
    }
  }
}
