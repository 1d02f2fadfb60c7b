package dev.pgdrill.proxy;

/**
 * A toxic that understands PostgreSQL's frontend/backend protocol 3. It looks at a stream as it
 * comes from the peer, before all toxics that work on bytes, so that what those drop or cut cannot
 * blind it.
 */
interface PgToxic extends Toxic {
  /** Starts work on one connection. */
  PgRule start(Direction stream);

  /** Refuses what cannot be matched on the given stream. */
  default void check(Direction stream) {}
}
