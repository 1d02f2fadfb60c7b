package dev.pgdrill.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.rekawek.toxiproxy.Proxy;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Toxics that lose nothing by themselves lose nothing when they come, change and go. */
class StreamIntegrityTests {
  private static final int WINDOW = 200_000;

  /** Adds, changes or removes one of a few toxics. */
  record Change(String stream, String toxic, String attributes, boolean remove) {
    void apply(ProxyFixture proxies) {
      String name = toxic + "_" + stream;
      String path = "/proxies/p/toxics/" + name;
      if (remove) {
        proxies.call("DELETE", path, "");
      } else if (proxies.call("PATCH", path, "{\"attributes\":" + attributes + "}").status()
          == 404) {
        String body =
            "{\"type\":\"%s\",\"stream\":\"%s\",\"attributes\":%s}"
                .formatted(toxic, stream, attributes);
        assertThat(proxies.call("POST", "/proxies/p/toxics", body).status()).isEqualTo(200);
      }
    }
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<String[]> toxics =
        Arbitraries.of(
            new String[] {"latency", "{\"latency\":5,\"jitter\":4}"},
            new String[] {"latency", "{\"latency\":0,\"jitter\":0}"},
            new String[] {"bandwidth", "{\"rate\":3000}"},
            new String[] {"bandwidth", "{\"rate\":20000}"},
            new String[] {"bandwidth", "{\"rate\":0}"},
            new String[] {"slicer", "{\"average_size\":900,\"size_variation\":300,\"delay\":10}"},
            new String[] {"slicer", "{\"average_size\":200,\"size_variation\":0,\"delay\":0}"},
            new String[] {"slow_close", "{\"delay\":10}"},
            new String[] {"packet_loss", "{\"loss_rate\":0}"},
            new String[] {"limit_data", "{\"bytes\":1000000000000}"},
            new String[] {"noop", "{}"});
    Arbitrary<Change> change =
        Combinators.combine(
                Arbitraries.of("upstream", "downstream"),
                toxics,
                Arbitraries.of(true, false, false))
            .as((stream, toxic, remove) -> new Change(stream, toxic[0], toxic[1], remove));
    return change.list().ofMinSize(1).ofMaxSize(25);
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void changesWhileDataFlowsLoseDuplicateAndReorderNothing(
      @ForAll("changes") List<Change> changes, @ForAll long seed) throws Exception {
    ProxyFixture proxies = new ProxyFixture().start();
    try (Peers peers = new Peers().echoing()) {
      Proxy proxy = proxies.proxy(peers.address());
      try (Socket client = Peers.connect(proxy.getListen())) {
        AtomicBoolean flowing = new AtomicBoolean(true);
        AtomicLong sent = new AtomicLong();
        AtomicLong received = new AtomicLong();
        Thread sender = Peers.daemon(() -> send(client, seed, flowing, sent, received));
        CompletableFuture<Boolean> intact =
            CompletableFuture.supplyAsync(() -> receive(client, seed, received));

        for (Change change : changes) {
          long before = received.get();
          change.apply(proxies);
          // Slow toxics may be set: a little must flow under each state, not much.
          Peers.await("bytes flow", () -> received.get() > before || intact.isDone());
        }
        flowing.set(false);

        assertThat(intact.get(30, TimeUnit.SECONDS)).isTrue();
        sender.join(Peers.DEADLINE_MILLIS);
        assertThat(received.get()).isEqualTo(sent.get());
      }
    } finally {
      proxies.server().close();
    }
  }

  /**
   * The stream is what a Random of the seed gives, so that both ends know it without keeping it.
   */
  private static void send(
      Socket client, long seed, AtomicBoolean flowing, AtomicLong sent, AtomicLong received)
      throws IOException {
    Random content = new Random(seed);
    Random sizes = new Random(seed + 1);
    while (flowing.get()) {
      byte[] piece = new byte[4 * (1 + sizes.nextInt(sizes.nextInt(8) == 0 ? 15_000 : 200))];
      content.nextBytes(piece);
      // A window, or the last toxics would have megabytes to work off.
      Peers.await("a window", () -> sent.get() - received.get() < WINDOW);
      client.getOutputStream().write(piece);
      sent.addAndGet(piece.length);
    }
    client.shutdownOutput();
  }

  private static boolean receive(Socket client, long seed, AtomicLong received) {
    Random content = new Random(seed);
    byte[] expected = new byte[4];
    try {
      DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
      for (byte[] got = in.readNBytes(4); got.length == 4; got = in.readNBytes(4)) {
        content.nextBytes(expected);
        if (!Arrays.equals(got, expected)) {
          return false;
        }
        received.addAndGet(4);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
