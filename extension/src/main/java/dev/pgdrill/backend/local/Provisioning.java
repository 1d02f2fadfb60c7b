package dev.pgdrill.backend.local;

import dev.pgdrill.backend.Parallel;
import dev.pgdrill.backend.Releases;
import dev.pgdrill.backend.ServerSettings;
import dev.pgdrill.backend.Site;
import dev.pgdrill.backend.Watchdog;
import dev.pgdrill.cluster.Access;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.cluster.Node;
import dev.pgdrill.cluster.ReplicationSlot;
import dev.pgdrill.cluster.Sql;
import dev.pgdrill.topology.Credentials;
import dev.pgdrill.topology.Topology;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Starts one cluster; on any failure what had been started is ended and removed. */
final class Provisioning {
  private static final String DATABASE = "app";
  private static final String PRIMARY = "pg1";
  private static final String POOLER = "pgb1";

  private final Topology topology;
  private final Site site;
  private final Binaries binaries;
  private final Path cache;
  private final RunAs user;
  private final Supplier<PortLease> ports;

  private final Releases releases = new Releases();
  private final Credentials replicator = new Credentials("replicator", password());
  private final Access access =
      new Access(
          new Credentials("postgres", password()), new Credentials("app", password()), DATABASE);
  private final Map<String, LocalServer> servers = new LinkedHashMap<>();

  Provisioning(
      Topology topology,
      Site site,
      Binaries binaries,
      Path cache,
      RunAs user,
      Supplier<PortLease> ports) {
    this.cache = cache;
    this.topology = topology;
    this.site = site;
    this.binaries = binaries;
    this.user = user;
    this.ports = ports;
  }

  private static String password() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  Cluster start() {
    try {
      return provision();
    } catch (RuntimeException e) {
      releases.closeAfter(e);
      throw e;
    }
  }

  private Cluster provision() {
    ClusterDirectory directory =
        ClusterDirectory.create(user, Path.of(System.getProperty("java.io.tmpdir")));
    releases.add(directory::delete);
    Watchdog.get().watch(directory.root());
    var template = new DatabaseTemplate(cache, binaries, user, structure());
    var data = new DataDirectory(directory, template, new SingleUser(binaries, user), user);
    Map<String, Path> directories = createData(data);
    directories.forEach((node, path) -> servers.put(node, server(node, path)));
    Optional<LocalPooler> pooler =
        topology.pooler() ? Optional.of(pooler(directory)) : Optional.empty();
    var cluster =
        new Cluster(
            site.clusterId(),
            topology,
            access,
            new LinkedHashMap<>(servers),
            pooler.map(control -> control),
            components(),
            releases::close);

    Node primary = cluster.node(PRIMARY);
    servers.get(PRIMARY).startOnFreePort(primary::awaitReady, ports);
    directories.keySet().stream()
        .filter(node -> !node.equals(PRIMARY))
        .forEach(node -> primary.run(ReplicationSlot.create(node)));
    var rest = new ArrayList<Runnable>();
    directories.forEach(
        (node, path) -> {
          if (!node.equals(PRIMARY)) {
            data.streamFrom(path, node, primary.endpoint(), replicator);
            Node standby = cluster.node(node);
            rest.add(() -> servers.get(node).startOnFreePort(standby::awaitReady, ports));
          }
        });
    pooler.ifPresent(
        control ->
            rest.add(() -> control.startOnFreePort(PRIMARY, cluster.pooler()::awaitReady, ports)));
    Parallel.run(rest);
    cluster.awaitStreaming();
    cluster.nodes().forEach(node -> ServerSettings.verify(node, topology));
    return cluster;
  }

  /**
   * What it is made of, and which settings differ from a server's own: nobody may overlook them.
   */
  private Map<String, String> components() {
    var components = new TreeMap<>(binaries.versions());
    if (!topology.settings().isEmpty()) {
      components.put("settings", topology.settings().toString());
    }
    if (!topology.poolerSettings().isEmpty()) {
      components.put("poolerSettings", topology.poolerSettings().toString());
    }
    return components;
  }

  /** One initdb; the standbys are copies of it, taken before the primary runs. */
  private Map<String, Path> createData(DataDirectory data) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", "");
    // Shared memory as files in the data directory: what a killed server leaves goes with it.
    settings.put("dynamic_shared_memory_type", "mmap");
    settings.putAll(ServerSettings.of(topology));
    var directories = new LinkedHashMap<String, Path>();
    Path origin = data.create(PRIMARY, access.admin(), replicator.user(), settings, passwords());
    directories.put(PRIMARY, origin);
    for (int i = 0; i < topology.replicas(); i++) {
      String node = "pg" + (i + 2);
      directories.put(node, data.standby(origin, node));
    }
    directories.forEach((node, path) -> data.name(path, node));
    return directories;
  }

  private LocalServer server(String node, Path data) {
    Path log = site.logs().resolve(node + ".log");
    return releases.add(
        new LocalServer(
            binaries, user, data, log, ports.get(), peer -> servers.get(peer).endpoint()));
  }

  private LocalPooler pooler(ClusterDirectory directory) {
    Path log = site.logs().resolve(POOLER + ".log");
    return releases.add(
        new LocalPooler(
            binaries,
            directory,
            user,
            access,
            topology.poolerSettings(),
            node -> servers.get(node).endpoint(),
            ports.get(),
            directory.directory(POOLER),
            log));
  }

  private List<String> structure() {
    return List.of(
        "create role %s login".formatted(access.app().user()),
        "create role %s login replication".formatted(replicator.user()),
        "create database %s owner %s".formatted(DATABASE, access.app().user()));
  }

  /** No password may reach a log, whatever the topology wants to be logged. */
  private List<String> passwords() {
    return List.of(
        "set log_statement = none",
        "set log_min_duration_statement = -1",
        "set log_min_error_statement = panic",
        "set log_duration = off",
        password(access.admin()),
        password(access.app()),
        password(replicator));
  }

  private static String password(Credentials who) {
    return "alter role %s password %s".formatted(who.user(), Sql.literal(who.password()));
  }
}
