package dev.pgdrill.proxy;

import static dev.pgdrill.proxy.PgWire.bind;
import static dev.pgdrill.proxy.PgWire.complete;
import static dev.pgdrill.proxy.PgWire.concat;
import static dev.pgdrill.proxy.PgWire.execute;
import static dev.pgdrill.proxy.PgWire.message;
import static dev.pgdrill.proxy.PgWire.parse;
import static dev.pgdrill.proxy.PgWire.query;
import static dev.pgdrill.proxy.PgWire.ready;
import static dev.pgdrill.proxy.PgWire.sync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PostgreSQL-aware toxics against literal bytes, in one piece and in many. */
class PgToxicTests {
  @RegisterExtension final ProxyFixture proxies = new ProxyFixture();

  private Peers peers;
  private String listen;
  private Socket client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    peers = new Peers();
    listen = proxies.proxy(peers.address()).getListen();
    reconnect();
  }

  private void reconnect() throws IOException {
    client = Peers.connect(listen);
    server = peers.accept();
  }

  /** A session that is past its start, with an idle transaction status. */
  private void begin() throws IOException {
    pass(client, server, PgWire.startup());
    pass(server, client, concat(message('R', "\0\0\0\0"), ready('I')));
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    peers.close();
  }

  private void toxic(String type, String stream, String attributes) {
    ProxyFixture.Answer answer =
        proxies.call(
            "POST",
            "/proxies/p/toxics",
            "{\"name\":\"t\",\"type\":\"%s\",\"stream\":\"%s\",\"attributes\":%s}"
                .formatted(type, stream, attributes));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static void pass(Socket from, Socket to, byte[] bytes) throws IOException {
    from.getOutputStream().write(bytes);
    expect(to, bytes);
  }

  private static void expect(Socket at, byte[] bytes) throws IOException {
    assertThat(at.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
  }

  private void expectCut() {
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  private void expectMatches(int count) {
    assertThat(proxies.events(ProxyEvent.Kind.MATCHED)).hasSize(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMIT",
        "commit;",
        " end ",
        "BEGIN; INSERT INTO t VALUES ('a;b'); COMMIT",
        "/* why /* nested */ */ -- line\nCOMMIT AND CHAIN"
      })
  void theAnswerToACommitNeverArrives(String sql) throws IOException {
    toxic("pg_cut_on_commit", "downstream", "{}");
    begin();
    pass(client, server, query("INSERT INTO t VALUES ('COMMIT')"));
    pass(server, client, concat(complete("INSERT 0 1"), ready('T')));

    pass(client, server, query(sql));
    byte[] earlier = concat(complete("BEGIN"), complete("INSERT 0 1"));
    server.getOutputStream().write(concat(earlier, complete("COMMIT"), ready('I')));

    expectCutAfter(earlier);
    assertThat(server.getInputStream().read()).isEqualTo(-1);
    expectMatches(1);
  }

  /** A reset may overtake what was sent before it: some of that, or all, but nothing after it. */
  private void expectCutAfter(byte[] most) {
    byte[] seen = new byte[most.length + 100];
    int[] count = {0};
    assertThatThrownBy(
            () -> {
              int n = client.getInputStream().read(seen);
              while (n >= 0) {
                count[0] += n;
                n = client.getInputStream().read(seen, count[0], seen.length - count[0]);
              }
            })
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    assertThat(most).startsWith(java.util.Arrays.copyOf(seen, count[0]));
  }

  @Test
  void aCommitOfTheExtendedProtocolIsCutThoughItWasParsedBeforeTheToxicCame() throws IOException {
    begin();
    pass(client, server, concat(parse("S_1", "COMMIT"), sync()));
    pass(server, client, concat(message('1', ""), ready('T')));
    toxic("pg_cut_on_commit", "upstream", "{}");

    pass(client, server, concat(bind("", "S_1"), execute(""), sync()));
    byte[] before = message('2', "");
    server.getOutputStream().write(concat(before, complete("COMMIT"), ready('I')));

    expectCutAfter(before);
  }

  @Test
  void answersToEarlierStatementsOfAPipelineArePassed() throws IOException {
    toxic("pg_cut_on_commit", "downstream", "{}");
    begin();
    pass(client, server, concat(query("SELECT 1"), query("COMMIT")));

    pass(server, client, concat(complete("SELECT 1"), ready('T')));
    server.getOutputStream().write(message('E', "SERROR\0\0"));

    expectCut();
  }

  @Test
  void everyConnectionAndEveryCommitIsCut() throws IOException {
    toxic("pg_cut_on_commit", "downstream", "{}");
    for (int i = 0; i < 5; i++) {
      reconnect();
      begin();
      pass(client, server, query("COMMIT"));
      server.getOutputStream().write(concat(complete("COMMIT"), ready('I')));
      expectCut();
    }
    expectMatches(5);
  }

  @Test
  void aMatchIsFoundHoweverPacketsAreCut() throws IOException {
    toxic("pg_cut_on_message", "upstream", "{\"query\":\"(?i)drop\\\\s+table\"}");
    begin();
    byte[] harmless = query("SELECT 1");
    for (byte b : concat(harmless, query("DROP  TABLE t"))) {
      client.getOutputStream().write(b);
      client.getOutputStream().flush();
    }

    expectCut();
    expect(server, harmless);
    assertThat(server.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aNamedStatementIsMatchedWhenItRuns() throws IOException {
    begin();
    byte[] prepare = concat(parse("s", "UPDATE accounts SET x = 1"), sync());
    pass(client, server, prepare);
    toxic("pg_cut_on_message", "upstream", "{\"query\":\"^UPDATE accounts\"}");
    byte[] other = concat(parse("o", "SELECT 1"), bind("p", "o"), execute("p"), sync());
    pass(client, server, other);

    byte[] bound = bind("q", "s");
    client.getOutputStream().write(concat(bound, execute("q"), sync()));

    expectCut();
    expect(server, bound);
    assertThat(server.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aClosedStatementIsForgotten() throws IOException {
    toxic("pg_cut_on_message", "upstream", "{\"query\":\"danger\"}");
    begin();
    pass(client, server, concat(parse("s", "danger"), message('C', "Ss\0"), sync()));
    pass(client, server, concat(parse("s", "harmless"), bind("", "s"), execute(""), sync()));
    expectMatches(0);
  }

  @Test
  void aMessageTypeOfTheServerIsMatched() throws IOException {
    toxic("pg_cut_on_message", "downstream", "{\"message\":\"D\"}");
    begin();
    byte[] description = message('T', "\0\0");
    server.getOutputStream().write(concat(description, message('D', "row"), ready('I')));

    expectCutAfter(description);
  }

  @Test
  void aDelayHoldsTheMessageAndWhatIsBehindIt() throws IOException {
    toxic("pg_delay_message", "upstream", "{\"query\":\"slow\",\"delay\":300}");
    begin();
    byte[] first = query("SELECT 1");
    byte[] rest = concat(query("SELECT slow"), query("SELECT 2"), query("slow again"));

    long start = System.nanoTime();
    client.getOutputStream().write(concat(first, rest));
    expect(server, first);
    long firstMillis = (System.nanoTime() - start) / 1_000_000;
    expect(server, rest);
    long restMillis = (System.nanoTime() - start) / 1_000_000;

    assertThat(firstMillis).isLessThan(290);
    assertThat(restMillis).isBetween(599L, 6000L);
    expectMatches(2);
  }

  @Test
  void removingADelayPassesWhatItHolds() throws IOException {
    toxic("pg_delay_message", "upstream", "{\"query\":\"slow\",\"delay\":60000}");
    begin();
    byte[] held = concat(query("slow"), query("SELECT 2"));
    client.getOutputStream().write(held);
    client.shutdownOutput();
    Peers.await("held", () -> proxies.events(ProxyEvent.Kind.MATCHED).size() == 1);

    proxies.call("DELETE", "/proxies/p/toxics/t", "");

    expect(server, held);
    assertThat(server.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aHugeMessageIsNotKept() throws IOException {
    toxic("pg_cut_on_message", "upstream", "{\"query\":\"never\"}");
    begin();
    byte[] huge = query("SELECT '" + "x".repeat(20 << 20) + "'");

    Thread sender = Peers.daemon(() -> client.getOutputStream().write(huge));
    expect(server, huge);

    assertThat(sender.isAlive() && !client.isConnected()).isFalse();
    assertThat(proxies.server().bufferMemory()).isLessThan(16 << 20);
  }

  @Test
  void aCommitBehindAHugeStatementIsFound() throws IOException {
    toxic("pg_cut_on_commit", "downstream", "{}");
    begin();
    byte[] sql = query("BEGIN; SELECT '" + "x".repeat(1 << 20) + "'; COMMIT");
    Peers.daemon(() -> client.getOutputStream().write(sql));
    expect(server, sql);

    server.getOutputStream().write(concat(complete("COMMIT"), ready('I')));

    expectCut();
  }

  @Test
  void refusedEncryptionIsPassedAndTheSessionUnderstood() throws IOException {
    toxic("pg_cut_on_message", "upstream", "{\"query\":\"DROP\"}");
    pass(client, server, PgWire.gssencRequest());
    pass(server, client, new byte[] {'N'});
    pass(client, server, PgWire.sslRequest());
    pass(server, client, new byte[] {'N'});
    begin();

    client.getOutputStream().write(query("DROP TABLE t"));

    expectCut();
  }

  @ParameterizedTest
  @ValueSource(strings = {"S", "G"})
  void anEncryptedStreamPassesAndIsReported(String answer) throws IOException {
    toxic("pg_cut_on_commit", "downstream", "{}");
    pass(client, server, answer.equals("S") ? PgWire.sslRequest() : PgWire.gssencRequest());
    pass(server, client, answer.getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    pass(client, server, query("COMMIT"));
    pass(server, client, concat(complete("COMMIT"), ready('I')));

    assertThat(proxies.events(ProxyEvent.Kind.BLIND)).hasSize(1);
    assertThat(proxies.events(ProxyEvent.Kind.BLIND).get(0).detail())
        .isEqualTo("t can match nothing: the connection is encrypted");
    assertThat(proxies.metric("pgdrill_proxy_events_total{event=\"blind\"")).isEqualTo(1);
  }

  @Test
  void aToxicThatComesToAnEncryptedStreamIsReportedToo() throws IOException {
    pass(client, server, new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
    pass(server, client, new byte[] {0x16, 3, 3, 0, 1});

    toxic("pg_cut_on_commit", "downstream", "{}");

    assertThat(proxies.events(ProxyEvent.Kind.BLIND)).hasSize(1);
  }

  @Test
  void anotherProtocolPassesAndIsReported() throws IOException {
    toxic("pg_cut_on_commit", "downstream", "{}");
    pass(
        client,
        server,
        "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    pass(server, client, new byte[] {'H', 'T', 'T', 'P'});

    assertThat(proxies.events(ProxyEvent.Kind.BLIND).get(0).detail())
        .contains("does not speak PostgreSQL's protocol 3");
  }

  @Test
  void aCancelRequestPasses() throws IOException {
    toxic("pg_cut_on_commit", "downstream", "{}");
    pass(client, server, PgWire.cancelRequest());
    server.shutdownOutput();

    assertThat(client.getInputStream().read()).isEqualTo(-1);
    assertThat(proxies.events(ProxyEvent.Kind.BLIND)).isEmpty();
  }

  @Test
  void whatCameBeforeACutArrivesThoughItIsDelayed() throws IOException {
    begin();
    proxies.call(
        "POST",
        "/proxies/p/toxics",
        "{\"type\":\"latency\",\"stream\":\"upstream\",\"attributes\":{\"latency\":100}}");
    toxic("pg_cut_on_message", "upstream", "{\"query\":\"DROP\"}");
    byte[] before = query("SELECT 1");

    client.getOutputStream().write(concat(before, query("DROP TABLE t")));

    expectCut();
    expect(server, before);
    assertThat(server.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void toxicsOnBytesCannotBlindOnesOnMessages() throws IOException {
    proxies.call(
        "POST",
        "/proxies/p/toxics",
        "{\"type\":\"slicer\",\"stream\":\"upstream\",\"attributes\":{\"average_size\":1}}");
    toxic("pg_cut_on_message", "upstream", "{\"query\":\"DROP\"}");
    begin();
    byte[] before = query("SELECT 1");

    client.getOutputStream().write(concat(before, query("DROP TABLE t")));

    expectCut();
  }
}
