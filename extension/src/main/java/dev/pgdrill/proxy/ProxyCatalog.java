package dev.pgdrill.proxy;

import dev.pgdrill.proxy.ApiModel.PopulateView;
import dev.pgdrill.proxy.ApiModel.ProxyInput;
import dev.pgdrill.proxy.ApiModel.ProxyView;
import dev.pgdrill.proxy.ApiModel.ToxicInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All proxies of a server, by name. Used by the API's thread alone. */
final class ProxyCatalog {
  private final ServerContext context;
  private final Metrics metrics;
  private final Map<String, Proxy> proxies = new TreeMap<>();

  ProxyCatalog(ServerContext context) {
    this.context = context;
    metrics = new Metrics(context.events());
  }

  Collection<Proxy> all() {
    return proxies.values();
  }

  Proxy get(String name) {
    Proxy proxy = proxies.get(name);
    if (proxy == null) {
      throw ApiException.proxyNotFound();
    }
    return proxy;
  }

  /** All or nothing: the toxics are in force before the listener exists. */
  Proxy add(ProxyInput input) {
    requireFields(input, "");
    Proxy proxy = create(input);
    if (proxies.containsKey(proxy.name())) {
      throw ApiException.proxyExists();
    }
    if (input.enabledOr(true)) {
      proxy.start();
    }
    proxies.put(proxy.name(), proxy);
    return proxy;
  }

  private static void requireFields(ProxyInput input, String where) {
    if (input.name() == null || input.name().isEmpty()) {
      throw ApiException.missingField("name" + where);
    }
    if (input.upstream() == null || input.upstream().isEmpty()) {
      throw ApiException.missingField("upstream" + where);
    }
  }

  private Proxy create(ProxyInput input) {
    List<ToxicInput> toxics = input.toxics() == null ? List.of() : input.toxics();
    return new Proxy(
        context, metrics, input, Proxy.inOrder(toxics.stream().map(ToxicSpec::of).toList()));
  }

  /**
   * Creates what is not there yet and replaces what has other addresses. Nothing is touched when
   * the document is wrong; a port that cannot be bound ends the work, and the proxies before it
   * stay, as upstream has it.
   */
  PopulateView populate(List<ProxyInput> inputs) {
    List<ProxyView> done = new ArrayList<>();
    try {
      List<Proxy> wanted = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i) == null) {
          throw ApiException.badRequest("proxy " + (i + 1) + " is null");
        }
        requireFields(inputs.get(i), " at proxy " + (i + 1));
        wanted.add(create(inputs.get(i)));
      }
      for (int i = 0; i < inputs.size(); i++) {
        done.add(addOrReplace(wanted.get(i), inputs.get(i)).view());
      }
      return new PopulateView(null, null, done);
    } catch (ApiException e) {
      return new PopulateView(e.getMessage(), e.status(), done);
    }
  }

  private Proxy addOrReplace(Proxy wanted, ProxyInput input) {
    Proxy existing = proxies.get(wanted.name());
    if (existing != null && !existing.differs(input)) {
      return existing;
    }
    boolean wasEnabled = existing != null && existing.enabled();
    if (wasEnabled) {
      existing.stop();
    }
    if (input.enabledOr(true)) {
      try {
        wanted.start();
      } catch (ApiException e) {
        if (wasEnabled) {
          existing.start();
        }
        throw e;
      }
    }
    proxies.put(wanted.name(), wanted);
    return wanted;
  }

  void remove(String name) {
    get(name).stop();
    proxies.remove(name);
    metrics.forget(name);
  }

  /** Enables every proxy and removes every toxic. */
  void reset() {
    for (Proxy proxy : proxies.values()) {
      proxy.start();
      proxy.removeToxics();
    }
  }

  void close() {
    proxies.values().forEach(Proxy::stop);
    proxies.clear();
  }

  String metrics() {
    return metrics.text(all());
  }
}
