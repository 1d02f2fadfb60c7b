package dev.pgdrill.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.LimitData;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each toxic does, in time and in bytes. */
class ToxicTests {
  private static final ToxicDirection UP = ToxicDirection.UPSTREAM;
  private static final ToxicDirection DOWN = ToxicDirection.DOWNSTREAM;

  @RegisterExtension final ProxyFixture proxies = new ProxyFixture();

  private Peers peers;
  private Proxy proxy;
  private Socket client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    peers = new Peers();
    proxy = proxies.proxy(peers.address());
    reconnect();
  }

  private void reconnect() throws IOException {
    client = Peers.connect(proxy.getListen());
    server = peers.accept();
    send(client, 1);
    receive(server, 1);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    peers.close();
  }

  private static void send(Socket socket, int bytes) throws IOException {
    socket.getOutputStream().write(new byte[bytes]);
  }

  private static void receive(Socket socket, int bytes) throws IOException {
    assertThat(socket.getInputStream().readNBytes(bytes)).hasSize(bytes);
  }

  private static int read(Socket socket) throws IOException {
    return socket.getInputStream().read();
  }

  private String toxic(String json) {
    ProxyFixture.Answer answer = proxies.call("POST", "/proxies/p/toxics", json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static void assertReset(Socket socket) {
    assertThatThrownBy(() -> read(socket))
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void latencyDelaysOneDirection() throws IOException {
    proxy.toxics().latency("l", UP, 300);

    assertThat(Peers.millis(() -> transfer(client, server, 1000))).isBetween(299L, 3000L);
    assertThat(Peers.millis(() -> transfer(server, client, 1000))).isLessThan(290);
  }

  private static void transfer(Socket from, Socket to, int bytes) throws IOException {
    send(from, bytes);
    receive(to, bytes);
  }

  @Test
  void latencyIsAPipeNotAPause() throws IOException {
    proxy.toxics().latency("l", UP, 150);

    long millis =
        Peers.millis(
            () -> {
              for (int i = 0; i < 20; i++) {
                send(client, 100);
              }
              receive(server, 2000);
            });

    assertThat(millis).isBetween(149L, 2900L);
  }

  @Test
  void removingLatencyPassesOnWhatItHolds() throws IOException {
    proxy.toxics().latency("l", UP, 60_000);
    send(client, 1000);
    Peers.await("the proxy holds the bytes", () -> proxies.metric("pgdrill_proxy_buffered") > 1000);

    proxy.toxics().get("l").remove();

    receive(server, 1000);
  }

  @Test
  void aShorterLatencyIsInForceForWhatIsHeld() throws IOException {
    var latency = proxy.toxics().latency("l", UP, 60_000);
    send(client, 1000);
    Peers.await("the proxy holds the bytes", () -> proxies.metric("pgdrill_proxy_buffered") > 1000);

    latency.setLatency(20);

    receive(server, 1000);
  }

  @Test
  void bandwidthIsInThousandBytesASecond() throws IOException {
    proxy.toxics().bandwidth("b", DOWN, 1000);

    long millis = Peers.millis(() -> transfer(server, client, 300_000));

    assertThat(millis).isBetween(295L, 5000L);
  }

  @Test
  void bandwidthOfZeroIsNoLimit() throws IOException {
    proxy.toxics().bandwidth("b", DOWN, 0);

    assertThat(Peers.millis(() -> transfer(server, client, 100_000))).isLessThan(1000);
  }

  @Test
  void slowCloseDelaysTheEndOnly() throws IOException {
    proxy.toxics().slowClose("s", UP, 400);

    assertThat(Peers.millis(() -> transfer(client, server, 10))).isLessThan(390);
    client.close();
    assertThat(Peers.millis(() -> assertThat(read(server)).isEqualTo(-1))).isBetween(390L, 5000L);
  }

  @Test
  void timeoutDropsDataAndThenCloses() throws IOException {
    proxy.toxics().timeout("t", UP, 150);

    long millis =
        Peers.millis(
            () -> {
              send(client, 100);
              assertThat(read(server)).isEqualTo(-1);
            });

    assertThat(millis).isBetween(100L, 5000L);
    assertThat(read(client)).isEqualTo(-1);
  }

  @Test
  void timeoutOfZeroHoldsUntilItIsRemoved() throws IOException {
    proxy.toxics().timeout("t", UP, 0);
    send(client, 100);
    transfer(server, client, 10);
    assertThat(server.getInputStream().available()).isZero();

    proxy.toxics().get("t").remove();

    assertThat(read(server)).isEqualTo(-1);
    assertThat(read(client)).isEqualTo(-1);
  }

  @Test
  void resetPeerResetsConnectionsThatWereOpenBefore() throws IOException {
    proxy.toxics().resetPeer("r", UP, 100);
    transfer(server, client, 10);

    long millis =
        Peers.millis(
            () -> {
              send(client, 1);
              assertReset(client);
            });

    assertThat(millis).isBetween(95L, 5000L);
    assertReset(server);
  }

  @Test
  void resetPeerResetsNewConnections() throws IOException {
    proxy.toxics().resetPeer("r", DOWN, 0);
    client = Peers.connect(proxy.getListen());
    server = peers.accept();

    send(server, 1);

    assertReset(client);
    assertReset(server);
  }

  @Test
  void slicerCutsIntoPacketsAndKeepsTheBytes() throws IOException {
    proxy.toxics().slicer("s", UP, 10, 1000).setSizeVariation(4);
    byte[] sent = new byte[1000];
    new Random(1).nextBytes(sent);

    long start = System.nanoTime();
    client.getOutputStream().write(sent);
    byte[] first = new byte[1000];
    int firstRead = server.getInputStream().read(first);
    byte[] rest = server.getInputStream().readNBytes(1000 - firstRead);
    long millis = (System.nanoTime() - start) / 1_000_000;

    System.arraycopy(rest, 0, first, firstRead, rest.length);
    assertThat(first).isEqualTo(sent);
    assertThat(millis).as("at least 70 slices, 1 ms apart").isGreaterThan(70);
  }

  @Test
  void limitDataPassesSoManyBytesAndThenCloses() throws IOException {
    proxy.toxics().limitData("l", DOWN, 100);
    send(server, 60);
    receive(client, 60);

    send(server, 60);

    assertThat(Peers.readToEnd(client)).isEqualTo(40);
  }

  @Test
  void limitDataCountsOnAfterAnUpdate() throws IOException {
    LimitData limit = proxy.toxics().limitData("l", DOWN, 100);
    transfer(server, client, 90);

    limit.setBytes(120);
    send(server, 60);

    assertThat(Peers.readToEnd(client)).isEqualTo(30);
  }

  @Test
  void limitDataBehindLatencyDeliversItsBytes() throws IOException {
    proxy.toxics().limitData("limit", DOWN, 100);
    proxy.toxics().latency("late", DOWN, 100);

    send(server, 200);

    assertThat(Peers.readToEnd(client)).isEqualTo(100);
  }

  @Test
  void packetLossDropsAllOrNothingAtItsBounds() throws IOException {
    toxic("{\"type\":\"packet_loss\",\"stream\":\"upstream\",\"attributes\":{\"loss_rate\":1}}");
    send(client, 100);
    Peers.await(
        "the bytes have come",
        () -> proxies.metric("toxiproxy_proxy_received_bytes_total{direction=\"upstream\"") == 101);
    proxies.call("DELETE", "/proxies/p/toxics/packet_loss_upstream", "");
    toxic("{\"type\":\"packet_loss\",\"stream\":\"upstream\",\"attributes\":{}}");

    client.getOutputStream().write(7);

    assertThat(read(server)).isEqualTo(7);
  }

  @Test
  void packetLossComesInBursts() {
    PacketLoss loss = new PacketLoss(0.2, 0.5);

    assertThat(loss.drops(false, 0.19)).isTrue();
    assertThat(loss.drops(false, 0.21)).isFalse();
    assertThat(loss.drops(true, 0.69)).isTrue();
    assertThat(loss.drops(true, 0.71)).isFalse();
    assertThat(new PacketLoss(-1, 0).drops(false, 0)).isFalse();
    assertThat(new PacketLoss(7, 0).drops(false, 0.999)).isTrue();
  }

  @Test
  void noopPasses() throws IOException {
    toxic("{\"type\":\"noop\",\"stream\":\"upstream\"}");

    transfer(client, server, 10);
  }

  @Test
  void toxicityOfZeroSparesAConnectionWholly() throws IOException {
    toxic("{\"name\":\"t\",\"type\":\"timeout\",\"stream\":\"upstream\",\"toxicity\":0}");
    transfer(client, server, 10);

    proxies.call("DELETE", "/proxies/p/toxics/t", "");

    transfer(client, server, 10);
  }

  @Test
  void toxicityIsDrawnPerConnection() throws IOException {
    toxic(
        "{\"name\":\"t\",\"type\":\"timeout\",\"stream\":\"upstream\",\"toxicity\":0.5,"
            + "\"attributes\":{\"timeout\":1}}");
    int closed = 0;
    for (int i = 0; i < 60; i++) {
      try (Socket probe = Peers.connect(proxy.getListen());
          Socket accepted = peers.accept()) {
        send(accepted, 1);
        probe.getInputStream().read();
        if (survives(probe, accepted)) {
          continue;
        }
        closed++;
      }
    }

    // 60 fair coins: outside of this once in some 10 million runs.
    assertThat(closed).isBetween(10, 50);
  }

  /** A connection that the toxic got ends within moments; the other one passes a byte. */
  private static boolean survives(Socket probe, Socket accepted) throws IOException {
    send(probe, 1);
    InputStream in = accepted.getInputStream();
    try {
      return in.read() >= 0;
    } catch (SocketException e) {
      return false;
    }
  }

  @Test
  void severalToxicsWorkInTheirOrder() throws IOException {
    proxy.toxics().limitData("limit", UP, 50);
    proxy.toxics().latency("late", UP, 50);
    proxy.toxics().slicer("slices", UP, 7, 100);

    long millis =
        Peers.millis(
            () -> {
              send(client, 100);
              assertThat(Peers.readToEnd(server)).isEqualTo(50);
            });

    assertThat(millis).isGreaterThan(49);
  }

  @Test
  void aProxyThatIsBornWithAToxicLetsNoConnectionEscapeIt() throws IOException {
    proxies.call(
        "POST",
        "/proxies",
        "{\"name\":\"q\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"%s\",\"toxics\":[{\"type\":\"limit_data\",\"attributes\":{\"bytes\":3}}]}"
            .formatted(peers.address()));
    try (Socket limited = Peers.connect(proxies.client().getProxy("q").getListen());
        Socket accepted = peers.accept()) {
      send(accepted, 10);

      assertThat(Peers.readToEnd(limited)).isEqualTo(3);
    }
  }

  @Test
  void anEndIsPassedOnWhileTheOtherDirectionGoesOn() throws IOException {
    send(client, 10);
    client.shutdownOutput();

    assertThat(Peers.readToEnd(server)).isEqualTo(10);
    send(server, 5000);
    server.shutdownOutput();
    assertThat(Peers.readToEnd(client)).isEqualTo(5000);
    Peers.await("closed", () -> proxies.metric("pgdrill_proxy_connections") == 0);
  }

  @Test
  void aResetIsPassedOnAsAReset() throws IOException {
    server.setSoLinger(true, 0);
    server.close();

    assertReset(client);
  }

  @Test
  void aRefusedOrUnknownUpstreamResetsTheClientAndTheServerLivesOn() throws IOException {
    for (String nowhere : Arrays.asList("127.0.0.1:1", "no.such.host.invalid:1", "nonsense")) {
      proxy.setUpstream(nowhere);
      assertThatThrownBy(() -> read(Peers.connect(proxy.getListen())))
          .as("reset, at the read or as early as the connect")
          .hasMessageContaining("reset");
    }

    assertThat(proxies.events(ProxyEvent.Kind.UPSTREAM_FAILED)).hasSize(3);
    proxy.setUpstream(peers.address());
    reconnect();
  }
}
