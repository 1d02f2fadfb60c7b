package dev.pgdrill.cluster;

import dev.pgdrill.topology.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server that runs, or not, as it is told; it has a port of its own on which it refuses every
 * connection, unless another endpoint is given.
 */
public final class StubServer implements ServerControl, AutoCloseable {
  private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

  final List<String> asked = new ArrayList<>();
  CommandResult toolResult = new CommandResult(0, "", "");

  private final Socket reserved;
  private Endpoint endpoint;
  private Optional<String> epitaph = Optional.empty();
  private boolean running = true;

  public StubServer() {
    // A port that is bound, but not listened on, refuses for sure.
    reserved = new Socket();
    try {
      reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    endpoint = new Endpoint(LOOPBACK, reserved.getLocalPort());
  }

  StubServer down() {
    running = false;
    return this;
  }

  StubServer dead(String reason) {
    epitaph = Optional.of(reason);
    return down();
  }

  StubServer listeningAt(int port) {
    endpoint = new Endpoint(LOOPBACK, port);
    return this;
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public Endpoint peer(String node) {
    return new Endpoint(node, 5432);
  }

  @Override
  public void start() {
    asked.add("start");
  }

  @Override
  public void kill() {
    asked.add("kill");
    running = false;
  }

  @Override
  public void stop(StopMode mode) {
    asked.add("stop " + mode);
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public Optional<String> epitaph() {
    return epitaph;
  }

  @Override
  public CommandResult tool(Duration deadline, String program, String... arguments) {
    asked.add(program + " " + String.join(" ", arguments));
    return toolResult;
  }

  @Override
  public void close() {
    try {
      reserved.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
