package dev.pgdrill.proxy;

/**
 * What a toxic does to a stream: its attributes, immutable and shared by all connections. Adding a
 * toxic takes a record that implements {@link StreamToxic} or {@link PgToxic}, and its line in
 * {@link ToxicTypes}.
 */
interface Toxic {
  /** Throws what Jackson turns into a 400 of the HTTP API. */
  static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
