package dev.pgdrill;

import dev.pgdrill.cluster.PoolerControl;
import dev.pgdrill.topology.Endpoint;
import java.util.Optional;

/** A pooler that is only said to run. */
final class FakePooler implements PoolerControl {

  @Override
  public Endpoint endpoint() {
    return new Endpoint("127.0.0.1", 100);
  }

  @Override
  public void configureFor(String node) {}

  @Override
  public boolean isRunning() {
    return true;
  }

  @Override
  public Optional<String> epitaph() {
    return Optional.empty();
  }
}
