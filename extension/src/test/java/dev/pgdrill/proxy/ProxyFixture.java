package dev.pgdrill.proxy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server for each test, with the client that the project uses and a raw one. */
final class ProxyFixture implements BeforeEachCallback, AfterEachCallback {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<ProxyEvent> events = new CopyOnWriteArrayList<>();
  private ProxyServer server;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    start();
  }

  ProxyFixture start() throws IOException {
    server = ProxyServer.start("127.0.0.1", 0);
    server.addListener(events::add);
    return this;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    server.close();
  }

  ProxyServer server() {
    return server;
  }

  List<ProxyEvent> events(ProxyEvent.Kind kind) {
    return events.stream().filter(event -> event.kind() == kind).toList();
  }

  ToxiproxyClient client() {
    return new ToxiproxyClient("127.0.0.1", server.address().getPort());
  }

  Proxy proxy(String upstream) throws IOException {
    return client().createProxy("p", "127.0.0.1:0", upstream);
  }

  record Answer(int status, String contentType, String body) {}

  Answer call(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      String type = response.headers().firstValue("content-type").orElse(null);
      return new Answer(response.statusCode(), type, response.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The sum of the lines of /metrics that begin so. */
  long metric(String prefix) {
    return call("GET", "/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
