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
  private volatile PortLease port;
  private volatile ChildProcess process;

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
    this.port = port;
    this.home = home;
    this.log = log;
  }

  void start(String node) {
    directory.write(home.resolve("userlist.txt"), entry(access.admin()) + entry(access.app()));
    configureFor(node);
    process =
        ChildProcess.start(binaries.pgbouncerProgram(ini().toString()).in(home), user, "KILL", log);
  }

  /** Takes another port; only before the cluster is handed out. */
  void moveTo(PortLease other) {
    port.close();
    port = other;
  }

  /** The last lines of its log since it was started. */
  String lastWords() {
    return process.lastWords();
  }

  private static String entry(Credentials who) {
    return "\"%s\" \"%s\"%n".formatted(who.user(), who.password());
  }

  private Path ini() {
    return home.resolve("pgbouncer.ini");
  }

  @Override
  public Endpoint endpoint() {
    return new Endpoint("127.0.0.1", port.port());
  }

  @Override
  public void configureFor(String node) {
    Map<String, String> fixed =
        Map.of(
            "listen_addr",
            "127.0.0.1",
            "listen_port",
            Integer.toString(port.port()),
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
    return process != null && process.isAlive();
  }

  @Override
  public Optional<String> epitaph() {
    return process == null ? Optional.of("it was never started") : process.epitaph();
  }

  @Override
  public void close() {
    if (isRunning()) {
      process.killTree();
    }
    port.close();
  }
}
