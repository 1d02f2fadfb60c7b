package dev.pgdrill.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.backend.Parallel;
import dev.pgdrill.backend.Site;
import dev.pgdrill.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty cache on a machine where nothing is installed: a cluster from fetched packages. */
@Tag("integration")
class FetchedPackagesTests {
  private static final RunAs USER = RunAs.current();

  @TempDir private Path folder;

  @Test
  void twoRunsAtOnceFetchOnceAndTheClusterWorks() throws IOException {
    for (Path at = folder; at.getNameCount() > 1; at = at.getParent()) {
      Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    var topology = Topology.primaryOnly().withReplicas(1).withPooler();
    var found = Collections.synchronizedList(new ArrayList<Binaries>());
    Runnable find =
        () ->
            found.add(
                new BinaryFinder(List.of(), new PackageCache(folder, new AptPackages()), USER)
                    .find(topology));

    Parallel.run(List.of(find, find));

    assertThat(found).hasSize(2);
    assertThat(found.get(0)).isEqualTo(found.get(1));
    assertThat(found.get(0).postgres().bin()).startsWith(folder);
    assertThat(entries()).containsExactly("apt", "lock", "pgbouncer", "postgresql-newest");
    var provisioning =
        new Provisioning(
            topology, new Site("c1", folder), found.get(0), folder, USER, PortLease::take);
    try (var cluster = provisioning.start()) {
      assertThat(cluster.primary().query("show server_version")).isNotEmpty();
    }
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
