package dev.pgdrill.backend.local;

import dev.pgdrill.backend.PoolerIni;
import dev.pgdrill.cluster.Access;
import dev.pgdrill.cluster.PoolerControl;
import dev.pgdrill.topology.Credentials;
import dev.pgdrill.topology.Endpoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** PgBouncer as a child process. */
final class LocalPooler implements PoolerControl, AutoCloseable {
  private final Binaries binaries;
  private final ClusterDirectory directory;
  private final RunAs user;
  private final Access access;
  private final Map<String, String> settings;
  private final Function<String, Endpoint> servers;
  private final Path home;
  private final Path log;
  private final ListeningProcess listening;

  /**
   * @param settings the topology's, on top of the shipped ones
   * @param servers where each node listens
   * @param home an existing directory for its files
   */
  LocalPooler(
      Binaries binaries,
      ClusterDirectory directory,
      RunAs user,
      Access access,
      Map<String, String> settings,
      Function<String, Endpoint> servers,
      PortLease port,
      Path home,
      Path log) {
    this.binaries = binaries;
    this.directory = directory;
    this.user = user;
    this.access = access;
    this.settings = settings;
    this.servers = servers;
    this.listening = new ListeningProcess(port);
    this.home = home;
    this.log = log;
  }

  /** Starts it and returns when it is ready; see {@link ListeningProcess#startOnFreePort}. */
  void startOnFreePort(String node, Runnable awaitReady, Supplier<PortLease> ports) {
    listening.startOnFreePort(() -> start(node), awaitReady, ports);
  }

  private void start(String node) {
    directory.write(home.resolve("userlist.txt"), entry(access.admin()) + entry(access.app()));
    configureFor(node);
    listening.is(
        ChildProcess.start(
            binaries.pgbouncerProgram(ini().toString()).in(home), user, "KILL", log));
  }

  private static String entry(Credentials who) {
    return "\"%s\" \"%s\"%n".formatted(who.user(), who.password());
  }

  private Path ini() {
    return home.resolve("pgbouncer.ini");
  }

  @Override
  public Endpoint endpoint() {
    return listening.endpoint();
  }

  @Override
  public void configureFor(String node) {
    Map<String, String> fixed =
        Map.of(
            "listen_addr",
            "127.0.0.1",
            "listen_port",
            Integer.toString(endpoint().port()),
            "unix_socket_dir",
            "",
            "auth_type",
            "scram-sha-256",
            "auth_file",
            home.resolve("userlist.txt").toString(),
            "admin_users",
            access.admin().user());
    directory.write(
        ini(), PoolerIni.render(access.database(), servers.apply(node), settings, fixed));
  }

  @Override
  public boolean isRunning() {
    return listening.isRunning();
  }

  @Override
  public Optional<String> epitaph() {
    return listening.epitaph();
  }

  @Override
  public void close() {
    if (isRunning()) {
      listening.process().killTree();
    }
    listening.close();
  }
}
