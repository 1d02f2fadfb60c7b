package dev.pgdrill.backend.local;

import dev.pgdrill.backend.ProvisioningException;
import dev.pgdrill.cluster.HopelessException;
import dev.pgdrill.topology.Endpoint;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A child process that listens on a leased port of 127.0.0.1, and may be started several times. */
final class ListeningProcess implements AutoCloseable {
  private static final int PORT_ATTEMPTS = 5;
  private static final Pattern PORT_TAKEN =
      Pattern.compile("Address already in use|cannot listen on", Pattern.CASE_INSENSITIVE);

  private volatile PortLease port;
  private volatile ChildProcess process;

  ListeningProcess(PortLease port) {
    this.port = port;
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", port.port());
  }

  /** From now on this is the process; an earlier one has ended. */
  void is(ChildProcess started) {
    process = started;
  }

  /** The process that was started last. */
  ChildProcess process() {
    return process;
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Why it is not running, with its last words; empty while it runs. */
  Optional<String> epitaph() {
    return process == null ? Optional.of("it was never started") : process.epitaph();
  }

  /**
   * Starts it, and again on another port when somebody took the port between choice and bind; only
   * before the cluster is handed out.
   *
   * @param start starts the process on the port of {@link #endpoint}
   * @param awaitReady returns when it is ready, throws when it has ended
   * @throws ProvisioningException when it ended for another reason, or after some ports
   */
  void startOnFreePort(Runnable start, Runnable awaitReady, Supplier<PortLease> ports) {
    for (int attempt = 1; ; attempt++) {
      start.run();
      try {
        awaitReady.run();
        return;
      } catch (HopelessException e) {
        if (attempt == PORT_ATTEMPTS || !PORT_TAKEN.matcher(process.lastWords()).find()) {
          throw new ProvisioningException(e.getMessage(), e);
        }
        port.close();
        port = ports.get();
      }
    }
  }

  /** Gives the port back; the process must have been ended. */
  @Override
  public void close() {
    port.close();
  }
}
