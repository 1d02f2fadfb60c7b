package dev.pgdrill.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Memory and descriptors, whatever flows. */
class FlowTests {
  private static final long BUFFER_BOUND = 16L << 20;

  @RegisterExtension final ProxyFixture proxies = new ProxyFixture();

  @Test
  void aStalledReaderStopsTheSenderAndHoldsLittle() throws IOException {
    try (Peers peers = new Peers()) {
      stall(peers, proxies.proxy(peers.address()));
    }
  }

  @Test
  void latencyHoldsABoundedAmount() throws IOException {
    try (Peers peers = new Peers()) {
      Proxy proxy = proxies.proxy(peers.address());
      proxy.toxics().latency("l", ToxicDirection.UPSTREAM, 60_000);
      stall(peers, proxy);
    }
  }

  /** Sends until nothing has moved for a while, which is when every buffer is full. */
  private void stall(Peers peers, Proxy proxy) throws IOException {
    try (Socket client = Peers.connect(proxy.getListen());
        Socket server = peers.accept()) {
      AtomicLong sent = new AtomicLong();
      Thread sender = Peers.daemon(() -> flood(client, Long.MAX_VALUE, sent));
      AtomicLong last = new AtomicLong(-1);
      AtomicLong since = new AtomicLong(System.nanoTime());
      Peers.await(
          "the sender stalls",
          () -> {
            if (last.getAndSet(sent.get()) != sent.get()) {
              since.set(System.nanoTime());
            }
            return sent.get() > 0 && System.nanoTime() - since.get() > 300_000_000L;
          });

      assertThat(sender.isAlive()).isTrue();
      assertThat(proxies.metric("pgdrill_proxy_buffered_bytes")).isLessThan(8 << 20);
      assertThat(proxies.server().bufferMemory()).isLessThan(BUFFER_BOUND);
      assertThat(server.isClosed()).isFalse();
    }
  }

  private static void flood(Socket socket, long bytes, AtomicLong sent) throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] chunk = new byte[1 << 16];
    for (long left = bytes; left > 0; left -= chunk.length) {
      out.write(chunk);
      sent.addAndGet(chunk.length);
    }
    socket.shutdownOutput();
  }

  @Test
  @Tag("integration")
  void aGibibyteThroughASlowReaderStaysSmall() throws IOException {
    long total = 1L << 30;
    try (Peers peers = new Peers()) {
      Proxy proxy = proxies.proxy(peers.address());
      try (Socket client = Peers.connect(proxy.getListen());
          Socket server = peers.accept()) {
        AtomicLong sent = new AtomicLong();
        Thread sender = Peers.daemon(() -> flood(client, total, sent));
        byte[] buffer = new byte[1 << 20];
        long received = 0;
        long largest = 0;
        int stalls = 0;
        for (int n = server.getInputStream().read(buffer);
            n >= 0;
            n = server.getInputStream().read(buffer)) {
          received += n;
          largest = Math.max(largest, proxies.server().bufferMemory());
          if (received > stalls * (total / 8)) {
            stalls++;
            awaitFullBuffers(sent);
          }
        }

        assertThat(sender.isAlive()).isFalse();
        assertThat(received).isEqualTo(total);
        assertThat(largest).isLessThan(BUFFER_BOUND);
      }
    }
  }

  /** The reader stalls until the sender has to. */
  private static void awaitFullBuffers(AtomicLong sent) {
    AtomicLong last = new AtomicLong(-1);
    AtomicLong since = new AtomicLong(System.nanoTime());
    Peers.await(
        "stalled",
        () -> {
          if (last.getAndSet(sent.get()) != sent.get()) {
            since.set(System.nanoTime());
          }
          return System.nanoTime() - since.get() > 100_000_000L;
        });
  }

  @Test
  @Tag("integration")
  void twoThousandConnectionsNeedNoThreadEach() throws IOException {
    try (Peers peers = new Peers()) {
      Proxy proxy = proxies.proxy(peers.address());
      List<Socket> sockets = new ArrayList<>();
      int threads = Thread.activeCount();
      for (int i = 0; i < 2000; i++) {
        Socket client = Peers.connect(proxy.getListen());
        Socket server = peers.accept();
        sockets.add(client);
        sockets.add(server);
      }
      for (int i = 0; i < sockets.size(); i += 2) {
        sockets.get(i).getOutputStream().write(i);
        assertThat(sockets.get(i + 1).getInputStream().read()).isEqualTo(i & 0xff);
      }

      assertThat(proxies.metric("pgdrill_proxy_connections")).isEqualTo(2000);
      assertThat(Thread.activeCount() - threads).isLessThan(16);
      proxy.toxics().latency("l", ToxicDirection.UPSTREAM, 1);

      long millis = Peers.millis(proxy::delete);

      assertThat(millis).isLessThan(5000);
      for (Socket socket : sockets) {
        assertThat(ended(socket)).isTrue();
        socket.close();
      }
    }
  }

  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  @Tag("integration")
  void comingAndGoingLeavesNothingOpen() throws IOException {
    try (Peers peers = new Peers().echoing()) {
      Proxy proxy = proxies.proxy(peers.address());
      proxy.toxics().latency("l", ToxicDirection.DOWNSTREAM, 1);
      connectAndLeave(proxy, 200);
      Peers.await("settled", () -> proxies.metric("pgdrill_proxy_connections") == 0);
      long before = descriptors();

      connectAndLeave(proxy, 3000);

      Peers.await("no connection", () -> proxies.metric("pgdrill_proxy_connections") == 0);
      Peers.await("no descriptor", () -> descriptors() <= before + 2);
      assertThat(proxies.metric("pgdrill_proxy_buffered_bytes")).isZero();
    }
  }

  private static void connectAndLeave(Proxy proxy, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try (Socket client = Peers.connect(proxy.getListen())) {
        if (i % 3 > 0) {
          client.getOutputStream().write(1);
        }
        if (i % 3 == 1) {
          client.getInputStream().read();
        }
        client.setSoLinger(i % 2 == 0, 0);
      }
    }
  }

  private static long descriptors() {
    String[] open = new java.io.File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }
}
