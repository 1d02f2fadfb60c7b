package dev.pgdrill;

import dev.pgdrill.cluster.CommandResult;
import dev.pgdrill.cluster.ServerControl;
import dev.pgdrill.cluster.StopMode;
import dev.pgdrill.topology.Endpoint;
import java.time.Duration;
import java.util.Optional;

/** A server that is only said to run. */
final class FakeServer implements ServerControl {
  private final Endpoint endpoint;
  private volatile boolean running = true;

  FakeServer(int port) {
    this.endpoint = new Endpoint("127.0.0.1", port);
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public Endpoint peer(String node) {
    return new Endpoint("127.0.0.1", Integer.parseInt(node.substring(2)));
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void kill() {
    running = false;
  }

  @Override
  public void stop(StopMode mode) {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public Optional<String> epitaph() {
    return running ? Optional.empty() : Optional.of("told to stop");
  }

  @Override
  public CommandResult tool(Duration deadline, String program, String... arguments) {
    throw new UnsupportedOperationException("the fake has no " + program);
  }
}
