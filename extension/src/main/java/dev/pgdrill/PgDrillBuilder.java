package dev.pgdrill;

import dev.pgdrill.topology.Topology;
import java.util.Optional;
import org.junit.jupiter.api.extension.Extension;

/**
 * For topologies that an annotation cannot say:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final Extension pgdrill =
 *     PgDrillBuilder.with(Topology.primaryOnly().withReplicas(2)).perMethod().build();
 * }</pre>
 *
 * The class must not have {@link PgDrill} as well.
 */
public final class PgDrillBuilder {
  private final Topology topology;
  private final Lifetime lifetime;

  private PgDrillBuilder(Topology topology, Lifetime lifetime) {
    this.topology = topology;
    this.lifetime = lifetime;
  }

  public static PgDrillBuilder with(Topology topology) {
    return new PgDrillBuilder(topology, Lifetime.CLASS);
  }

  /** A new cluster for each test. */
  public PgDrillBuilder perMethod() {
    return new PgDrillBuilder(topology, Lifetime.METHOD);
  }

  public Extension build() {
    return new PgDrillExtension(Optional.of(new Wanted(topology, lifetime)));
  }
}
