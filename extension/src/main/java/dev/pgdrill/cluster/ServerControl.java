package dev.pgdrill.cluster;

import dev.pgdrill.topology.Endpoint;
import java.time.Duration;
import java.util.Optional;

/** What a backend can do with one PostgreSQL server; {@link Node} builds everything else on it. */
public interface ServerControl {

  /** Where the test reaches the server; the same for the cluster's whole life. */
  Endpoint endpoint();

  /** Where this server reaches another node of the cluster. */
  Endpoint peer(String node);

  /** Starts the process and returns without waiting for readiness; it must not be running. */
  void start();

  /** SIGKILL to the postmaster and all its children; returns when they are gone. */
  void kill();

  /**
   * Shuts down and returns when the process is gone.
   *
   * @throws IllegalStateException if it had to be killed after the deadline
   */
  void stop(StopMode mode);

  boolean isRunning();

  /** Why the process is not running, with the last words of its log; empty while it runs. */
  Optional<String> epitaph();

  /**
   * Runs one of PostgreSQL's own programs where it sees the data directory as {@code $PGDATA},
   * which is also its working directory.
   *
   * @param deadline after which it is killed with its children
   */
  CommandResult tool(Duration deadline, String program, String... arguments);
}
