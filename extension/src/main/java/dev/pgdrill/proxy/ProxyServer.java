package dev.pgdrill.proxy;

import dev.pgdrill.proxy.ApiModel.PopulateView;
import dev.pgdrill.proxy.ApiModel.ProxyInput;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.core.type.TypeReference;

/**
 * An embedded TCP fault proxy that speaks Toxiproxy's HTTP API: any Toxiproxy client can create
 * proxies and toxics on it.
 *
 * <p>It knows all toxics of Toxiproxy, and three of its own that understand PostgreSQL's protocol:
 * {@code pg_cut_on_commit}, {@code pg_cut_on_message} and {@code pg_delay_message}. A proxy can be
 * created together with its toxics, by an array {@code toxics} in the body of {@code POST
 * /proxies}: the listener opens with the toxics in force, or nothing is created.
 *
 * <p>Has a few daemon threads, whatever the number of connections. Safe for use by many threads.
 */
public final class ProxyServer implements AutoCloseable {
  /** Toxiproxy's port for its HTTP API. */
  public static final int DEFAULT_PORT = 8474;

  private final Transport transport;
  private final Events events;
  private final ProxyCatalog catalog;
  private final ExecutorService apiThread;
  private final HttpApi http;

  private ProxyServer(InetSocketAddress address) {
    transport = new Transport();
    events = new Events();
    catalog = new ProxyCatalog(new ServerContext(transport, events));
    apiThread =
        Executors.newSingleThreadExecutor(new DefaultThreadFactory("pgdrill-proxy-api", true));
    try {
      http = new HttpApi(transport, apiThread, new Api(catalog), address);
    } catch (Throwable e) {
      stopThreads();
      throw e;
    }
  }

  /**
   * Starts a server without proxies.
   *
   * @param host the name or address of the interface for the HTTP API
   * @param port the API's port, 0 for one that is free
   * @throws IOException when the host is unknown or the port cannot be bound
   */
  public static ProxyServer start(String host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("unknown host: " + host);
    }
    try {
      return new ProxyServer(address);
    } catch (Exception e) {
      // Netty throws a bind's checked exception undeclared.
      throw new IOException("cannot listen on " + HostPort.of(address) + ": " + e.getMessage(), e);
    }
  }

  /** Where the HTTP API listens. */
  public InetSocketAddress address() {
    return http.address();
  }

  /** Registers a listener for everything that happens on this server's proxies. */
  public void addListener(ProxyListener listener) {
    events.add(listener);
  }

  /**
   * Does what {@code POST /populate} does.
   *
   * @param json the request's body
   * @throws IllegalArgumentException with the API's error text; proxies before the faulty one stay
   */
  public void populate(String json) {
    List<ProxyInput> inputs;
    try {
      inputs = Json.read(json, new TypeReference<>() {});
    } catch (ApiException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    PopulateView view = onApiThread(() -> catalog.populate(inputs));
    if (view.error() != null) {
      throw new IllegalArgumentException(view.error());
    }
  }

  private <T> T onApiThread(Callable<T> task) {
    Future<T> result = apiThread.submit(task);
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Memory that the server's buffers take now, in bytes, as the allocator counts it. */
  long bufferMemory() {
    return transport.allocator().metric().usedDirectMemory();
  }

  /** Closes the API, all listeners and all connections, and returns when they are closed. */
  @Override
  public synchronized void close() {
    if (apiThread.isShutdown()) {
      return;
    }
    http.close();
    onApiThread(
        () -> {
          catalog.close();
          return null;
        });
    stopThreads();
  }

  private void stopThreads() {
    apiThread.shutdown();
    transport.close();
  }

  /** Runs a server until it is killed; {@code --help} says how. */
  public static void main(String[] args) {
    System.exit(CommandLine.run(args, System.out, System.err));
  }
}
