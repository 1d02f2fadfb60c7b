package dev.pgdrill.backend.local;

import dev.pgdrill.cluster.CommandResult;
import dev.pgdrill.cluster.ServerControl;
import dev.pgdrill.cluster.StopMode;
import dev.pgdrill.topology.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A PostgreSQL server as a child process. */
final class LocalServer implements ServerControl, AutoCloseable {
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);

  private final Binaries binaries;
  private final RunAs user;
  private final Path data;
  private final Path log;
  private final Function<String, Endpoint> peers;
  private final List<SharedMemory> leftBehind = new ArrayList<>();
  private final ListeningProcess listening;

  /**
   * @param peers where each node of the cluster listens, itself included
   */
  LocalServer(
      Binaries binaries,
      RunAs user,
      Path data,
      Path log,
      PortLease port,
      Function<String, Endpoint> peers) {
    this.binaries = binaries;
    this.user = user;
    this.data = data;
    this.log = log;
    this.listening = new ListeningProcess(port);
    this.peers = peers;
  }

  @Override
  public Endpoint endpoint() {
    return listening.endpoint();
  }

  @Override
  public Endpoint peer(String node) {
    return peers.apply(node);
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      throw new IllegalStateException("the server in %s is running already".formatted(data));
    }
    String port = Integer.toString(endpoint().port());
    listening.is(
        ChildProcess.start(
            program("postgres", "-D", data.toString(), "-p", port), user, "INT", log));
  }

  @Override
  public synchronized void kill() {
    if (isRunning()) {
      leftBehind.add(SharedMemory.of(listening.process().pid()));
      listening.process().killTree();
    }
  }

  @Override
  public synchronized void stop(StopMode mode) {
    if (!isRunning()) {
      return;
    }
    listening.process().signal(mode == StopMode.FAST ? "INT" : "QUIT");
    if (!listening.process().awaitExit(STOPPED_WITHIN)) {
      kill();
      throw new IllegalStateException(
          "the server in %s did not stop (%s) within %d s and was killed"
              .formatted(data, mode, STOPPED_WITHIN.toSeconds()));
    }
  }

  @Override
  public boolean isRunning() {
    return listening.isRunning();
  }

  @Override
  public Optional<String> epitaph() {
    return listening.epitaph();
  }

  /** Starts it and returns when it is ready; see {@link ListeningProcess#startOnFreePort}. */
  void startOnFreePort(Runnable awaitReady, Supplier<PortLease> ports) {
    listening.startOnFreePort(this::start, awaitReady, ports);
  }

  @Override
  public CommandResult tool(Duration deadline, String program, String... arguments) {
    var line = new ArrayList<>(List.of(program));
    line.addAll(List.of(arguments));
    return program(line.toArray(String[]::new)).as(user).run(deadline);
  }

  private Command program(String... line) {
    return binaries.postgresProgram(line).with(Map.of("PGDATA", data.toString())).in(data);
  }

  /** Ends it at once: its data is about to be removed. */
  @Override
  public void close() {
    if (isRunning()) {
      listening.process().signal("QUIT");
      if (!listening.process().awaitExit(STOPPED_WITHIN)) {
        kill();
      }
    }
    leftBehind.forEach(memory -> memory.remove(user));
    listening.close();
  }
}
