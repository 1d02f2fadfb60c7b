package dev.pgdrill.backend;

import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.topology.Topology;
import java.util.Optional;

/**
 * Turns a topology into a running cluster, and nothing else. Found by {@link
 * java.util.ServiceLoader}.
 */
public interface Backend {

  /** The value of {@code pgdrill.backend} that chooses it. */
  String name();

  /** Why it cannot be used on this machine at all; empty when it can be tried. */
  Optional<String> unavailable();

  /**
   * Starts everything and returns when the primary answers queries, every replica streams and the
   * pooler serves clients. When it throws, nothing is left running and no data is left.
   *
   * @throws ProvisioningException saying what is missing or failed, and the remedy
   */
  Cluster start(Topology topology, Site site);
}
