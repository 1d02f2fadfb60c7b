package dev.pgdrill.proxy;

import java.util.concurrent.atomic.AtomicLong;

/** What all proxies of a server share. */
record ServerContext(Transport transport, Events events, AtomicLong connectionIds) {
  ServerContext(Transport transport, Events events) {
    this(transport, events, new AtomicLong());
  }

  long nextConnection() {
    return connectionIds.incrementAndGet();
  }
}
