package dev.pgdrill.proxy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The text of /metrics: upstream's two series, and this server's own with the prefix {@code
 * pgdrill_proxy_}. Unlike upstream's the byte counts move while a connection is open, not when it
 * ends. Used by the API's thread alone.
 */
final class Metrics {
  private record Key(String proxy, String listener, String upstream) {}

  private final Map<Key, Traffic> traffic =
      new TreeMap<>(
          Comparator.comparing(Key::proxy)
              .thenComparing(Key::listener)
              .thenComparing(Key::upstream));
  private final Events events;

  Metrics(Events events) {
    this.events = events;
  }

  /** The counts so far of a proxy at these addresses. */
  Traffic find(String proxy, String listener, String upstream) {
    Traffic known = traffic.get(new Key(proxy, listener, upstream));
    return known == null ? new Traffic() : known;
  }

  void register(Traffic counts, String proxy, String listener, String upstream) {
    traffic.put(new Key(proxy, listener, upstream), counts);
  }

  void forget(String proxy) {
    traffic.keySet().removeIf(key -> key.proxy.equals(proxy));
  }

  String text(Collection<Proxy> proxies) {
    StringBuilder out = new StringBuilder();
    bytes(out, "toxiproxy_proxy_received_bytes_total", Traffic::received);
    bytes(out, "toxiproxy_proxy_sent_bytes_total", Traffic::sent);
    head(out, "pgdrill_proxy_connections", "gauge");
    for (Proxy proxy : proxies) {
      line(out, "pgdrill_proxy_connections", proxy.connections().size(), "proxy", proxy.name());
    }
    head(out, "pgdrill_proxy_buffered_bytes", "gauge");
    for (Proxy proxy : proxies) {
      long buffered = proxy.connections().stream().mapToLong(Connection::buffered).sum();
      line(out, "pgdrill_proxy_buffered_bytes", buffered, "proxy", proxy.name());
    }
    head(out, "pgdrill_proxy_events_total", "counter");
    new TreeMap<>(events.counts())
        .forEach((proxy, kinds) -> kinds.forEach((kind, n) -> event(out, proxy, kind, n)));
    return out.toString();
  }

  private static void event(
      StringBuilder out, String proxy, ProxyEvent.Kind kind, LongAdder count) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    line(out, "pgdrill_proxy_events_total", count.sum(), "event", name, "proxy", proxy);
  }

  private interface Counter {
    LongAdder of(Traffic traffic, Direction direction);
  }

  private void bytes(StringBuilder out, String series, Counter counter) {
    head(out, series, "counter");
    traffic.forEach(
        (key, counts) -> {
          for (Direction direction : Direction.values()) {
            line(
                out,
                series,
                counter.of(counts, direction).sum(),
                "direction",
                direction.wireName(),
                "listener",
                key.listener,
                "proxy",
                key.proxy,
                "upstream",
                key.upstream);
          }
        });
  }

  private static void head(StringBuilder out, String series, String type) {
    out.append("# TYPE ").append(series).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder out, String series, long value, String... labels) {
    out.append(series).append('{');
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
      out.append(escape(labels[i + 1])).append('"');
    }
    out.append("} ").append(value).append('\n');
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
