package dev.pgdrill.proxy;

import java.time.Instant;

/**
 * Something that happened on a proxy.
 *
 * @param at when, by the wall clock
 * @param monoNanos when, by {@link System#nanoTime()} of this process
 * @param proxy the proxy's name
 * @param connection a number that no other connection of this server has; counts from 1
 * @param detail for people: addresses, the toxic, the reason
 */
public record ProxyEvent(
    Kind kind, Instant at, long monoNanos, String proxy, long connection, String detail) {

  /** What happened. */
  public enum Kind {
    /** A client and its server have been connected. */
    CONNECTED,
    /** Both ends of a connection are closed. */
    CLOSED,
    /** The server refused, did not answer or has no such name; the client was reset. */
    UPSTREAM_FAILED,
    /** A PostgreSQL-aware toxic met its message and acted. */
    MATCHED,
    /**
     * A PostgreSQL-aware toxic is set, but the connection is encrypted or not PostgreSQL's
     * protocol: nothing can be matched, and the bytes pass unchanged.
     */
    BLIND
  }
}
