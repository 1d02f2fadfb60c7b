package dev.pgdrill.proxy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, counts and hands on what happens. */
final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);

  private final List<ProxyListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Map<ProxyEvent.Kind, LongAdder>> counts = new ConcurrentHashMap<>();

  void add(ProxyListener listener) {
    listeners.add(listener);
  }

  void publish(ProxyEvent event) {
    counts.computeIfAbsent(event.proxy(), name -> newCounts()).get(event.kind()).increment();
    log(event);
    for (ProxyListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException e) {
        LOG.warn("A listener failed on {}", event, e);
      }
    }
  }

  private static Map<ProxyEvent.Kind, LongAdder> newCounts() {
    Map<ProxyEvent.Kind, LongAdder> fresh = new EnumMap<>(ProxyEvent.Kind.class);
    for (ProxyEvent.Kind kind : ProxyEvent.Kind.values()) {
      fresh.put(kind, new LongAdder());
    }
    return fresh;
  }

  private static void log(ProxyEvent event) {
    String text = "proxy {}, connection {}: {} {}";
    Object[] values = {event.proxy(), event.connection(), event.kind(), event.detail()};
    switch (event.kind()) {
      case CONNECTED, CLOSED -> LOG.debug(text, values);
      case MATCHED -> LOG.info(text, values);
      case UPSTREAM_FAILED -> LOG.warn(text, values);
      case BLIND -> LOG.error(text, values);
    }
  }

  /** By proxy name, then by kind. */
  Map<String, Map<ProxyEvent.Kind, LongAdder>> counts() {
    return counts;
  }
}
