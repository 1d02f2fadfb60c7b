package dev.pgdrill.proxy;

import dev.pgdrill.proxy.ApiModel.ProxyInput;
import dev.pgdrill.proxy.ApiModel.ProxyView;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A named proxy with its toxics, enabled or not. Used by the API's thread alone. */
final class Proxy {
  private final ServerContext context;
  private final Metrics metrics;
  private final String name;
  private String listen;
  private String upstream;
  private List<ToxicSpec> toxics;

  /** Null while the proxy is disabled. */
  private Acceptor acceptor;

  Proxy(ServerContext context, Metrics metrics, ProxyInput input, List<ToxicSpec> toxics) {
    this.context = context;
    this.metrics = metrics;
    name = input.name();
    listen = input.listenOrEmpty();
    upstream = input.upstream();
    this.toxics = List.copyOf(toxics);
  }

  String name() {
    return name;
  }

  boolean enabled() {
    return acceptor != null;
  }

  ProxyView view() {
    return new ProxyView(
        name, listen, upstream, enabled(), toxics.stream().map(ToxicSpec::view).toList());
  }

  List<ToxicSpec> toxics() {
    return toxics;
  }

  Collection<Connection> connections() {
    return enabled() ? acceptor.connections() : List.of();
  }

  /** Does nothing when already started. */
  void start() {
    if (enabled()) {
      return;
    }
    InetSocketAddress address = listenAddress();
    Traffic traffic = metrics.find(name, listen, upstream);
    Acceptor starting = new Acceptor(context, name, traffic, upstream, toxics);
    try {
      listen = HostPort.format(starting.bind(address));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Netty throws a bind's checked exception from syncUninterruptibly.
      throw bindFailed(address, e);
    }
    metrics.register(traffic, name, listen, upstream);
    acceptor = starting;
  }

  void stop() {
    if (enabled()) {
      acceptor.close();
      acceptor = null;
    }
  }

  /** A change of address drops all connections, as upstream does. */
  void update(ProxyInput input) {
    boolean enable = input.enabledOr(enabled());
    String newListen = input.listen() == null ? listen : input.listen();
    String newUpstream = input.upstream() == null ? upstream : input.upstream();
    if (!sameAddress(newListen, listen) || !newUpstream.equals(upstream)) {
      stop();
      listen = newListen;
      upstream = newUpstream;
    }
    if (enable) {
      start();
    } else {
      stop();
    }
  }

  boolean differs(ProxyInput input) {
    return !sameAddress(input.listenOrEmpty(), listen) || !input.upstream().equals(upstream);
  }

  /** {@code localhost:1} is the {@code 127.0.0.1:1} that a started proxy says of itself. */
  private static boolean sameAddress(String wanted, String actual) {
    if (wanted.equals(actual)) {
      return true;
    }
    try {
      HostPort one = HostPort.parse(wanted);
      HostPort other = HostPort.parse(actual);
      return one.port() != 0
          && one.port() == other.port()
          && InetAddress.getByName(one.host()).equals(InetAddress.getByName(other.host()));
    } catch (IllegalArgumentException | UnknownHostException e) {
      return false;
    }
  }

  private InetSocketAddress listenAddress() {
    if (listen.isEmpty()) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
    try {
      HostPort parsed = HostPort.parse(listen);
      return parsed.host().isEmpty()
          ? new InetSocketAddress(parsed.port())
          : new InetSocketAddress(InetAddress.getByName(parsed.host()), parsed.port());
    } catch (IllegalArgumentException e) {
      throw ApiException.internal("listen tcp: " + e.getMessage());
    } catch (UnknownHostException e) {
      throw ApiException.internal("listen tcp: lookup " + e.getMessage());
    }
  }

  private static ApiException bindFailed(InetSocketAddress address, Exception e) {
    return ApiException.internal(
        "listen tcp " + HostPort.format(address) + ": bind: " + bindReason(e));
  }

  private static String bindReason(Exception e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    for (String known :
        List.of("address already in use", "cannot assign requested address", "permission denied")) {
      if (message.contains(known)) {
        return known;
      }
    }
    return message;
  }

  ToxicSpec toxic(String toxicName) {
    return toxics.stream()
        .filter(toxic -> toxic.name().equals(toxicName))
        .findFirst()
        .orElseThrow(ApiException::toxicNotFound);
  }

  void addToxic(ToxicSpec added) {
    List<ToxicSpec> changed = new ArrayList<>(toxics);
    changed.add(added);
    setToxics(inOrder(changed));
  }

  void replaceToxic(ToxicSpec replacement) {
    List<ToxicSpec> changed = new ArrayList<>(toxics);
    changed.replaceAll(old -> old.id().equals(replacement.id()) ? replacement : old);
    setToxics(changed);
  }

  void removeToxic(ToxicSpec removed) {
    setToxics(toxics.stream().filter(toxic -> !toxic.id().equals(removed.id())).toList());
  }

  void removeToxics() {
    setToxics(List.of());
  }

  /** Upstream lists the toxics of the stream "upstream" first, and each stream's as they came. */
  static List<ToxicSpec> inOrder(List<ToxicSpec> toxics) {
    List<ToxicSpec> sorted = new ArrayList<>(toxics);
    sorted.sort(Comparator.comparing(ToxicSpec::stream));
    for (int i = 0; i < sorted.size(); i++) {
      String toxicName = sorted.get(i).name();
      if (sorted.subList(0, i).stream().anyMatch(other -> other.name().equals(toxicName))) {
        throw ApiException.toxicExists();
      }
    }
    return sorted;
  }

  private void setToxics(List<ToxicSpec> changed) {
    toxics = List.copyOf(changed);
    if (enabled()) {
      acceptor.setToxics(toxics);
    }
  }
}
