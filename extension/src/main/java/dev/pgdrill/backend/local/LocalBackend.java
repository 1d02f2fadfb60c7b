package dev.pgdrill.backend.local;

import dev.pgdrill.backend.Backend;
import dev.pgdrill.backend.Site;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.topology.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** PostgreSQL and PgBouncer as child processes on loopback; Linux only. */
public final class LocalBackend implements Backend {
  private final Map<Topology, Binaries> found = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Optional<String> unavailable() {
    return Files.isDirectory(Path.of("/proc/self"))
        ? Optional.empty()
        : Optional.of("local processes need Linux");
  }

  @Override
  public Cluster start(Topology topology, Site site) {
    RunAs user = RunAs.current();
    Path cache = PackageCache.defaultFolder(user);
    Binaries binaries = found.computeIfAbsent(topology, wanted -> find(wanted, cache, user));
    return new Provisioning(topology, site, binaries, cache, user, PortLease::take).start();
  }

  private static Binaries find(Topology topology, Path cache, RunAs user) {
    var packages = new PackageCache(cache, new AptPackages());
    return new BinaryFinder(BinaryFinder.systemFolders(), packages, user).find(topology);
  }
}
