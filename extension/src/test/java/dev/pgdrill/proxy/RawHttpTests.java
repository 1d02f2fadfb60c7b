package dev.pgdrill.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.proxy.ProxyFixture.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exact statuses and texts, and whatever a client can get wrong. */
class RawHttpTests {
  @RegisterExtension final ProxyFixture proxies = new ProxyFixture();

  private static final String BODY =
      "{\"name\":\"p\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\"}";

  @Test
  void answersHaveTheStatusesOfUpstream() {
    assertThat(proxies.call("POST", "/proxies", BODY).status()).isEqualTo(201);
    assertThat(proxies.call("GET", "/proxies", "").status()).isEqualTo(200);
    assertThat(proxies.call("PATCH", "/proxies/p", "{\"enabled\":false}").status()).isEqualTo(200);
    Answer toxic = proxies.call("POST", "/proxies/p/toxics", "{\"type\":\"latency\"}");
    assertThat(toxic.status()).isEqualTo(200);
    assertThat(toxic.contentType()).isEqualTo("application/json");
    assertThat(toxic.body())
        .isEqualTo(
            "{\"attributes\":{\"latency\":0,\"jitter\":0},\"name\":\"latency_downstream\","
                + "\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":1.0}");
    String path = "/proxies/p/toxics/latency_downstream";
    assertThat(proxies.call("GET", path, "").status()).isEqualTo(200);
    assertThat(proxies.call("PATCH", path, "{\"attributes\":{\"Latency\":7}}").body())
        .contains("\"latency\":7");
    assertThat(proxies.call("DELETE", path, "")).isEqualTo(new Answer(204, null, ""));
    assertThat(proxies.call("POST", "/reset", "")).isEqualTo(new Answer(204, null, ""));
    assertThat(proxies.call("DELETE", "/proxies/p", "")).isEqualTo(new Answer(204, null, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          POST   | /proxies                | {                             | 400 | bad request body: Unexpected end-of-input
          POST   | /proxies                | ``                            | 400 | bad request body: EOF
          POST   | /proxies                | null                          | 400 | bad request body: null
          POST   | /proxies                | []                            | 400 | bad request body: Cannot deserialize
          POST   | /proxies                | {"name":"q"}                  | 400 | missing required field: upstream
          POST   | /proxies                | {"name":"p","upstream":"a:1"} | 409 | proxy already exists
          POST   | /proxies                | {"name":"q","upstream":"a:1","listen":"127.0.0.1"} | 500 | listen tcp: address 127.0.0.1: missing port in address
          POST   | /proxies                | {"name":"q","upstream":"a:1","listen":"127.0.0.1:66666"} | 500 | listen tcp: address 127.0.0.1:66666: invalid port
          POST   | /proxies                | {"name":"q","upstream":"a:1","listen":"no.such.host.invalid:0"} | 500 | listen tcp: lookup no.such.host.invalid
          GET    | /proxies/q              | ``                            | 404 | proxy not found
          DELETE | /proxies/q              | ``                            | 404 | proxy not found
          GET    | /proxies/p/toxics/q     | ``                            | 404 | toxic not found
          POST   | /proxies/p/toxics       | {"type":"nonsense"}           | 400 | invalid toxic type
          POST   | /proxies/p/toxics       | {"stream":"up","type":"latency"} | 400 | stream was invalid, can be either upstream or downstream
          POST   | /proxies/p/toxics       | {"type":"latency","attributes":{"latency":"1"}} | 400 | bad request body: Cannot coerce String value
          POST   | /proxies/p/toxics       | {"type":"latency","attributes":{"latency":1.5}} | 400 | bad request body: Cannot coerce Floating-point value
          POST   | /proxies/p/toxics       | {"type":"latency","attributes":[]} | 400 | bad request body: attributes must be an object
          POST   | /proxies/p/toxics       | {"type":"latency","attributes":{"latency":-1}} | 400 | bad request body: latency must not be negative
          POST   | /proxies/p/toxics       | {"type":"latency","toxicity":2} | 400 | bad request body: toxicity must be between 0 and 1
          POST   | /proxies/p/toxics       | {"type":"slicer"}             | 400 | bad request body: average_size must be at least 1
          POST   | /proxies/p/toxics       | {"type":"pg_cut_on_message"}  | 400 | bad request body: message or query is required
          POST   | /proxies/p/toxics       | {"type":"pg_cut_on_message","attributes":{"query":"("},"stream":"upstream"} | 400 | bad request body: query is no regular expression
          POST   | /proxies/p/toxics       | {"type":"pg_cut_on_message","attributes":{"query":"x"}} | 400 | bad request body: a query can be matched on the stream upstream only
          PUT    | /proxies                | ``                            | 405 | method not allowed
          GET    | /reset                  | ``                            | 405 | method not allowed
          PUT    | /proxies/p              | ``                            | 405 | method not allowed
          DELETE | /proxies/p/toxics       | ``                            | 405 | method not allowed
          GET    | /                       | ``                            | 404 | 404 page not found
          GET    | /nonsense               | ``                            | 404 | 404 page not found
          GET    | /proxies/p/links        | ``                            | 404 | 404 page not found
          GET    | /proxies/p/toxics/a/b   | ``                            | 404 | 404 page not found
          """)
  void mistakesHaveAStatusAndAText(
      String method, String path, String body, int status, String text) {
    proxies.call("POST", "/proxies", BODY);

    Answer answer = proxies.call(method, path, body == null ? "" : body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body())
        .startsWith("{\"error\":\"" + text)
        .endsWith(",\"status\":" + status + "}");
    assertThat(proxies.call("GET", "/version", "").status()).isEqualTo(200);
  }

  @Test
  void namesMayHaveAnyCharacter() {
    String[][] names = {
      {"a/b", "a%2Fb"}, {"a b", "a%20b"}, {"a+b", "a+b"}, {"ä\\\"", "%C3%A4%22"}, {"%", "%25"}
    };
    for (String[] name : names) {
      String body = BODY.replace("\"p\"", "\"" + name[0] + "\"");
      assertThat(proxies.call("POST", "/proxies", body).status()).isEqualTo(201);
      assertThat(proxies.call("GET", "/proxies/" + name[1], "").status()).isEqualTo(200);
      assertThat(proxies.call("DELETE", "/proxies/" + name[1], "").status()).isEqualTo(204);
    }
  }

  @Test
  void browsersAreRefused() {
    Answer answer = proxies.call("GET", "/version", "", "User-Agent", "Mozilla/5.0");

    assertThat(answer)
        .isEqualTo(new Answer(403, "text/plain; charset=utf-8", "User agent not allowed\n"));
  }

  @Test
  void aHugeBodyIsRefusedAndTheServerLivesOn() {
    String huge = "{\"name\":\"" + "x".repeat(HttpApi.MAX_BODY) + "\"}";

    Answer answer = proxies.call("POST", "/proxies", huge);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("request body over 1048576 bytes");
    assertThat(proxies.call("GET", "/proxies", "").body()).isEqualTo("{}");
  }

  @Test
  void garbageInsteadOfHttpIsAnsweredAndClosed() throws IOException {
    try (Socket socket = Peers.connect("127.0.0.1:" + proxies.server().address().getPort())) {
      socket.getOutputStream().write("GET\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      byte[] answer = socket.getInputStream().readAllBytes();

      assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void fieldsAreReadInAnyCaseAndWhatIsUnknownOrNullIsIgnored() {
    String body =
        "{\"Name\":\"p\",\"LISTEN\":\"127.0.0.1:0\",\"Upstream\":\"a:1\",\"x\":1,\"enabled\":null}";

    Answer answer = proxies.call("POST", "/proxies", body);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).contains("\"enabled\":true");
  }

  @Test
  void aProxyIsCreatedWithItsToxicsOrNotAtAll() {
    String good = "{\"type\":\"latency\",\"stream\":\"upstream\",\"attributes\":{\"latency\":5}}";
    String bad = "{\"type\":\"latency\",\"attributes\":{\"latency\":-5}}";

    Answer refused = proxies.call("POST", "/proxies", withToxics(good + "," + bad));
    Answer twice = proxies.call("POST", "/proxies", withToxics(good + "," + good));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(twice.status()).isEqualTo(409);
    assertThat(proxies.call("GET", "/proxies", "").body()).isEqualTo("{}");

    Answer created = proxies.call("POST", "/proxies", withToxics(good));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body()).contains("\"name\":\"latency_upstream\"");
  }

  private static String withToxics(String toxics) {
    return BODY.replace("}", ",\"toxics\":[" + toxics + "]}");
  }

  @Test
  void populateCreatesKeepsAndReplaces() {
    String two = "[" + BODY + "," + BODY.replace("\"p\"", "\"q\"") + "]";
    Answer first = proxies.call("POST", "/populate", two);
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.body()).startsWith("{\"proxies\":[{\"name\":\"p\"");
    proxies.call("POST", "/proxies/p/toxics", "{\"type\":\"noop\"}");
    String listen = first.body().replaceAll("(?s).*?\"listen\":\"([^\"]+)\".*", "$1");

    String same = BODY.replace("127.0.0.1:0", listen);
    assertThat(proxies.call("POST", "/populate", "[" + same + "]").body()).contains("noop");
    String moved = same.replace("127.0.0.1:1\"", "127.0.0.1:2\"");
    assertThat(proxies.call("POST", "/populate", "[" + moved + "]").body()).doesNotContain("noop");
    assertThat(proxies.call("GET", "/proxies", "").body()).contains("\"q\"");
  }

  @Test
  void populateTouchesNothingWhenTheDocumentIsWrong() {
    Answer answer = proxies.call("POST", "/populate", "[" + BODY + ",{\"name\":\"q\"}]");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":\"missing required field: upstream at proxy 2\",\"status\":400,"
                + "\"proxies\":[]}");
    assertThat(proxies.call("GET", "/proxies", "").body()).isEqualTo("{}");
  }

  @Test
  void metricsHaveTheSeriesOfUpstream() throws IOException {
    try (Peers server = new Peers().echoing()) {
      String listen = proxies.proxy(server.address()).getListen();
      try (Socket client = Peers.connect(listen)) {
        client.getOutputStream().write(new byte[5]);
        assertThat(client.getInputStream().readNBytes(5)).hasSize(5);
      }

      String labels =
          "{direction=\"upstream\",listener=\"%s\",proxy=\"p\",upstream=\"%s\"}"
              .formatted(listen, server.address());
      assertThat(proxies.metric("toxiproxy_proxy_received_bytes_total" + labels)).isEqualTo(5);
      assertThat(proxies.metric("toxiproxy_proxy_sent_bytes_total" + labels)).isEqualTo(5);
    }
  }
}
