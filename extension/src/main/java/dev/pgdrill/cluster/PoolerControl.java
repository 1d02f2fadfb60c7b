package dev.pgdrill.cluster;

import dev.pgdrill.topology.Endpoint;
import java.util.Optional;

/** What a backend can do with PgBouncer; {@link Pooler} builds everything else on it. */
public interface PoolerControl {

  /** Where the test and its clients reach the pooler. */
  Endpoint endpoint();

  /** Writes the configuration so that it sends clients to this node; takes effect at RELOAD. */
  void configureFor(String node);

  boolean isRunning();

  /** Why the process is not running, with the last words of its log; empty while it runs. */
  Optional<String> epitaph();
}
