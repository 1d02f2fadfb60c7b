package dev.pgdrill.proxy;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Event loops, buffers and name resolution of one server: epoll where it is, NIO elsewhere. */
final class Transport implements AutoCloseable {
  /**
   * Half of the processors, for the other half has the clients and servers to run: on two, one loop
   * costs less time per transaction than two do, because it sleeps and wakes less often.
   */
  private static final int THREADS =
      Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));

  private static final int PAGE_BYTES = 8 << 10;
  private static final int CHUNK_ORDER = 7;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          THREADS, new DefaultThreadFactory("pgdrill-proxy", true), io());
  private final ExecutorService resolver =
      Executors.newCachedThreadPool(new DefaultThreadFactory("pgdrill-proxy-resolver", true));

  /** The server's own, so that its use of memory can be told from that of other Netty users. */
  private final PooledByteBufAllocator allocator =
      new PooledByteBufAllocator(
          true,
          0,
          THREADS,
          PAGE_BYTES,
          CHUNK_ORDER,
          PooledByteBufAllocator.defaultSmallCacheSize(),
          PooledByteBufAllocator.defaultNormalCacheSize(),
          false);

  private IoHandlerFactory io() {
    return epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  EventLoopGroup loops() {
    return loops;
  }

  Class<? extends SocketChannel> socketType() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  Class<? extends ServerSocketChannel> serverSocketType() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  PooledByteBufAllocator allocator() {
    return allocator;
  }

  /** Off the event loops: a name that does not resolve may take seconds to say so. */
  CompletableFuture<InetAddress[]> resolve(String host) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return InetAddress.getAllByName(host);
          } catch (UnknownHostException e) {
            throw new CompletionException(e);
          }
        },
        resolver);
  }

  @Override
  public void close() {
    resolver.shutdownNow();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
