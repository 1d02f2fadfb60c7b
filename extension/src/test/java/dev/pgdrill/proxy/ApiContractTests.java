package dev.pgdrill.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.LimitData;
import eu.rekawek.toxiproxy.model.toxic.ResetPeer;
import eu.rekawek.toxiproxy.model.toxic.Slicer;
import eu.rekawek.toxiproxy.model.toxic.SlowClose;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** toxiproxy-java, unchanged, against every endpoint and type of toxic. */
class ApiContractTests {
  @RegisterExtension final ProxyFixture proxies = new ProxyFixture();

  @Test
  void saysItsVersion() throws IOException {
    assertThat(proxies.client().version()).isEqualTo("{\"version\": \"2.12.0+pgdrill\"}");
  }

  @Test
  void createsListsAndDeletesProxies() throws IOException {
    ToxiproxyClient client = proxies.client();
    Proxy created = client.createProxy("app->pg1", "localhost:0", "localhost:5432");

    assertThat(created.getListen()).matches("127\\.0\\.0\\.1:[1-9]\\d*");
    assertThat(created.isEnabled()).isTrue();
    assertThat(client.getProxies()).extracting(Proxy::getName).containsExactly("app->pg1");
    assertThat(client.getProxy("app->pg1").getUpstream()).isEqualTo("localhost:5432");
    Peers.connect(created.getListen()).close();

    created.delete();

    assertThat(client.getProxyOrNull("app->pg1")).isNull();
    assertThatThrownBy(() -> Peers.connect(created.getListen())).hasMessageContaining("refused");
  }

  @Test
  void disablesAndEnablesOnTheSamePort() throws IOException {
    try (Peers server = new Peers().echoing()) {
      Proxy proxy = proxies.proxy(server.address());
      String listen = proxy.getListen();
      Socket open = Peers.connect(listen);
      roundTrip(open);

      proxy.disable();

      assertThat(proxy.isEnabled()).isFalse();
      assertThatThrownBy(() -> Peers.connect(listen)).hasMessageContaining("refused");
      assertThat(endOf(open)).isLessThanOrEqualTo(0);

      proxy.enable();

      assertThat(proxy.getListen()).isEqualTo(listen);
      roundTrip(Peers.connect(listen));
    }
  }

  @Test
  void movesUpstreamAndListener() throws IOException {
    try (Peers first = new Peers();
        Peers second = new Peers().echoing()) {
      Proxy proxy = proxies.proxy(first.address());
      String listen = proxy.getListen();

      proxy.setUpstream(second.address());
      roundTrip(Peers.connect(listen));
      proxy.setListen("127.0.0.1:0");

      assertThat(proxy.getListen()).isNotEqualTo(listen);
      roundTrip(Peers.connect(proxy.getListen()));
      assertThatThrownBy(() -> Peers.connect(listen)).hasMessageContaining("refused");
    }
  }

  @Test
  void resetEnablesAndRemovesToxics() throws IOException {
    Proxy proxy = proxies.proxy("127.0.0.1:1");
    proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 100);
    proxy.disable();

    proxies.client().reset();

    Proxy after = proxies.client().getProxy("p");
    assertThat(after.isEnabled()).isTrue();
    assertThat(after.toxics().getAll()).isEmpty();
  }

  @Test
  void drivesEveryToxicOfTheClient() throws IOException {
    Proxy proxy = proxies.proxy("127.0.0.1:1");
    proxy.toxics().latency("latency", ToxicDirection.UPSTREAM, 100).setJitter(15).setLatency(50);
    proxy.toxics().bandwidth("bandwidth", ToxicDirection.DOWNSTREAM, 1000).setRate(20);
    proxy.toxics().slowClose("slow_close", ToxicDirection.DOWNSTREAM, 10).setDelay(30);
    proxy.toxics().timeout("timeout", ToxicDirection.UPSTREAM, 10).setTimeout(40);
    proxy
        .toxics()
        .slicer("slicer", ToxicDirection.DOWNSTREAM, 10, 100)
        .setSizeVariation(5)
        .setDelay(7);
    proxy.toxics().limitData("limit_data", ToxicDirection.UPSTREAM, 10).setBytes(50);
    proxy.toxics().resetPeer("reset_peer", ToxicDirection.UPSTREAM, 10).setTimeout(60);
    proxy.toxics().get("latency").setToxicity(0.5f);

    Latency latency = proxy.toxics().get("latency", Latency.class);
    assertThat(latency.getLatency()).isEqualTo(50);
    assertThat(latency.getJitter()).isEqualTo(15);
    assertThat(latency.getToxicity()).isEqualTo(0.5f);
    assertThat(latency.getStream()).isEqualTo(ToxicDirection.UPSTREAM);
    assertThat(proxy.toxics().get("bandwidth", Bandwidth.class).getRate()).isEqualTo(20);
    assertThat(proxy.toxics().get("slow_close", SlowClose.class).getDelay()).isEqualTo(30);
    assertThat(proxy.toxics().get("timeout", Timeout.class).getTimeout()).isEqualTo(40);
    Slicer slicer = proxy.toxics().get("slicer", Slicer.class);
    assertThat(slicer.getAverageSize()).isEqualTo(10);
    assertThat(slicer.getSizeVariation()).isEqualTo(5);
    assertThat(slicer.getDelay()).isEqualTo(7);
    assertThat(proxy.toxics().get("limit_data", LimitData.class).getBytes()).isEqualTo(50);
    assertThat(proxy.toxics().get("reset_peer", ResetPeer.class).getTimeout()).isEqualTo(60);
    assertThat(proxy.toxics().getAll())
        .extracting(Toxic::getName)
        .as("upstream first, each stream in the order of creation")
        .isEqualTo(
            java.util.List.of(
                "latency",
                "timeout",
                "limit_data",
                "reset_peer",
                "bandwidth",
                "slow_close",
                "slicer"));

    for (Toxic toxic : proxy.toxics().getAll()) {
      toxic.remove();
    }
    assertThat(proxy.toxics().getAll()).isEmpty();
  }

  @Test
  void errorsReachTheClientWithTheirText() throws IOException {
    ToxiproxyClient client = proxies.client();
    Proxy proxy = proxies.proxy("127.0.0.1:1");
    proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 1);

    assertThatThrownBy(() -> client.createProxy("p", "127.0.0.1:0", "x:1"))
        .hasMessage("[409] proxy already exists");
    assertThatThrownBy(() -> client.getProxy("q")).hasMessage("[404] proxy not found");
    assertThatThrownBy(() -> proxy.toxics().get("q")).hasMessage("[404] toxic not found");
    assertThatThrownBy(() -> proxy.toxics().timeout("slow", ToxicDirection.UPSTREAM, 1))
        .hasMessage("[409] toxic already exists");
    assertThatThrownBy(() -> client.createProxy("", "", ""))
        .hasMessage("[400] missing required field: name");
    assertThatThrownBy(() -> client.createProxy("q", "", ""))
        .hasMessage("[400] missing required field: upstream");
    assertThatThrownBy(() -> client.createProxy("q", proxy.getListen(), "x:1"))
        .hasMessage("[500] listen tcp " + proxy.getListen() + ": bind: address already in use");
    assertThat(client.getProxyOrNull("q")).isNull();
  }

  private static void roundTrip(Socket socket) throws IOException {
    socket.getOutputStream().write(42);
    assertThat(socket.getInputStream().read()).isEqualTo(42);
  }

  /** 0 for a reset, -1 for an end. */
  private static int endOf(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException e) {
      return 0;
    }
  }
}
