package dev.pgdrill.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Connects to the server of a proxy, at each of its addresses until one answers. */
final class Dialer {
  private static final int CONNECT_TIMEOUT_MILLIS = 30_000;

  private final Transport transport;
  private final String upstream;

  Dialer(Transport transport, String upstream) {
    this.transport = transport;
    this.upstream = upstream;
  }

  /** Calls one of the two on the event loop, which is also that of the connected channel. */
  void dial(EventLoop loop, Consumer<Channel> connected, Consumer<String> failed) {
    HostPort target;
    try {
      target = HostPort.parse(upstream);
    } catch (IllegalArgumentException e) {
      failed.accept(e.getMessage());
      return;
    }
    CompletableFuture<InetAddress[]> unused =
        transport
            .resolve(target.host().isEmpty() ? "localhost" : target.host())
            .whenCompleteAsync(
                (addresses, failure) -> {
                  if (failure != null) {
                    failed.accept("cannot resolve " + upstream);
                  } else {
                    connect(loop, addresses, 0, target.port(), connected, failed);
                  }
                },
                loop);
  }

  private void connect(
      EventLoop loop,
      InetAddress[] addresses,
      int index,
      int port,
      Consumer<Channel> connected,
      Consumer<String> failed) {
    ChannelFuture attempt = bootstrap(loop).connect(new InetSocketAddress(addresses[index], port));
    attempt.addListener(
        future -> {
          if (future.isSuccess()) {
            connected.accept(attempt.channel());
          } else if (index + 1 < addresses.length) {
            connect(loop, addresses, index + 1, port, connected, failed);
          } else {
            failed.accept(String.valueOf(future.cause().getMessage()));
          }
        });
  }

  private Bootstrap bootstrap(EventLoop loop) {
    return new Bootstrap()
        .group(loop)
        .channel(transport.socketType())
        .option(ChannelOption.ALLOCATOR, transport.allocator())
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Acceptor.WRITE_MARKS)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {}
            });
  }
}
