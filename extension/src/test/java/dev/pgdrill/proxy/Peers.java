package dev.pgdrill.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Plain sockets at both ends of a proxy, and waiting with a deadline. */
final class Peers implements AutoCloseable {
  static final int DEADLINE_MILLIS = 10_000;

  private final ServerSocket listener;

  Peers() throws IOException {
    listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(DEADLINE_MILLIS);
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  Socket accept() throws IOException {
    Socket socket = listener.accept();
    socket.setSoTimeout(DEADLINE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Sends back what it gets, and half-closes when the client does; one thread a connection. */
  Peers echoing() {
    daemon(
        () -> {
          while (true) {
            Socket socket = listener.accept();
            daemon(() -> echo(socket));
          }
        });
    return this;
  }

  private static void echo(Socket socket) throws IOException {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.getInputStream().transferTo(socket.getOutputStream());
      socket.shutdownOutput();
    }
  }

  interface Body {
    void run() throws IOException;
  }

  static Thread daemon(Body body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (IOException e) {
                // The test has closed the socket, or will see the failure at its own end.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  static Socket connect(String address) {
    try {
      HostPort target = HostPort.parse(address);
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress(target.host(), target.port()), DEADLINE_MILLIS);
      socket.setSoTimeout(DEADLINE_MILLIS);
      socket.setTcpNoDelay(true);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until the end; throws what the socket throws. */
  static int readToEnd(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[1 << 16];
    int total = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      total += n;
    }
    return total;
  }

  static void await(String what, BooleanSupplier condition) {
    await(what, Duration.ofMillis(DEADLINE_MILLIS), condition);
  }

  static void await(String what, Duration budget, BooleanSupplier condition) {
    long deadline = System.nanoTime() + budget.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(what + ": not within " + budget.toMillis() + " ms");
      }
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
  }

  /** Milliseconds that a piece of work takes. */
  static long millis(Body body) throws IOException {
    long start = System.nanoTime();
    body.run();
    return (System.nanoTime() - start) / 1_000_000;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
