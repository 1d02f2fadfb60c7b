package dev.pgdrill.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One life of a proxy, from enabled to disabled: its listener and its connections. */
final class Acceptor {
  /** A socket's queue of bytes to write: reading from the other side stops at the high mark. */
  static final WriteBufferWaterMark WRITE_MARKS = new WriteBufferWaterMark(64 << 10, 256 << 10);

  private static final int BACKLOG = 4096;
  private static final long PATIENCE_SECONDS = 10;

  private final ServerContext context;
  private final String proxy;
  private final Traffic traffic;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Dialer dialer;
  private volatile List<ToxicSpec> toxics;
  private volatile boolean closed;
  private Channel listener;

  Acceptor(
      ServerContext context,
      String proxy,
      Traffic traffic,
      String upstream,
      List<ToxicSpec> toxics) {
    this.context = context;
    this.proxy = proxy;
    this.traffic = traffic;
    this.toxics = toxics;
    dialer = new Dialer(context.transport(), upstream);
  }

  /** Returns the address that was bound, with the port that was chosen for port 0. */
  InetSocketAddress bind(InetSocketAddress address) {
    listener =
        new ServerBootstrap()
            .group(context.transport().loops())
            .channel(context.transport().serverSocketType())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.ALLOCATOR, context.transport().allocator())
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_MARKS)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    accept(client);
                  }
                })
            .bind(address)
            .syncUninterruptibly()
            .channel();
    return (InetSocketAddress) listener.localAddress();
  }

  private void accept(SocketChannel client) {
    Connection connection = new Connection(context.nextConnection(), this, client);
    connections.add(connection);
    if (closed) {
      connection.close();
      return;
    }
    dialer.dial(
        client.eventLoop(),
        server -> {
          connection.establish(server);
          connection.report(
              ProxyEvent.Kind.CONNECTED,
              HostPort.format(client.remoteAddress()) + " to " + server.remoteAddress());
        },
        failure -> {
          connection.report(ProxyEvent.Kind.UPSTREAM_FAILED, failure);
          connection.reset();
        });
  }

  Traffic traffic() {
    return traffic;
  }

  List<ToxicSpec> toxics() {
    return toxics;
  }

  Set<Connection> connections() {
    return connections;
  }

  void report(ProxyEvent.Kind kind, long connection, String detail) {
    context
        .events()
        .publish(new ProxyEvent(kind, Instant.now(), System.nanoTime(), proxy, connection, detail));
  }

  boolean forget(Connection connection) {
    boolean known = connections.remove(connection);
    if (known) {
      connection.report(ProxyEvent.Kind.CLOSED, "");
    }
    return known;
  }

  /** Returns when the change is in force on all connections. */
  void setToxics(List<ToxicSpec> changed) {
    toxics = changed;
    onEachLoop(connection -> connection.sync(toxics));
  }

  /** Returns when the listener and all connections are closed. */
  void close() {
    closed = true;
    listener.close().syncUninterruptibly();
    onEachLoop(Connection::close);
  }

  /** A connection that is accepted meanwhile sees the new state by itself. */
  private void onEachLoop(Consumer<Connection> action) {
    List<Future<?>> tasks = new ArrayList<>();
    for (EventExecutor loop : context.transport().loops()) {
      tasks.add(loop.submit(() -> onLoop((EventLoop) loop, action)));
    }
    for (Future<?> task : tasks) {
      await(task);
    }
  }

  private void onLoop(EventLoop loop, Consumer<Connection> action) {
    for (Connection connection : connections) {
      if (connection.eventLoop() == loop) {
        action.accept(connection);
      }
    }
  }

  private static void await(Future<?> task) {
    try {
      task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw ApiException.internal("an event loop did not answer in " + PATIENCE_SECONDS + " s");
    } catch (ExecutionException e) {
      throw ApiException.internal(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.internal("interrupted");
    }
  }
}
