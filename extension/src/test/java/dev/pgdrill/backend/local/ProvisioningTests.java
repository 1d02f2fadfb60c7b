package dev.pgdrill.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgdrill.backend.ProvisioningException;
import dev.pgdrill.backend.Site;
import dev.pgdrill.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that go wrong: one clear sentence, and nothing left. */
@Tag("integration")
class ProvisioningTests {
  private static final RunAs USER = RunAs.current();

  private final List<ServerSocket> occupied = new ArrayList<>();

  @TempDir private Path logs;

  @AfterEach
  void free() throws IOException {
    for (ServerSocket socket : occupied) {
      socket.close();
    }
  }

  private Provisioning provisioning(Topology topology, Supplier<PortLease> ports) {
    Path cache = PackageCache.defaultFolder(USER);
    var packages = new PackageCache(cache, new AptPackages());
    var finder = new BinaryFinder(BinaryFinder.systemFolders(), packages, USER);
    return new Provisioning(
        topology, new Site("c1", logs), finder.find(topology), cache, USER, ports);
  }

  private void refused(Topology topology, String... words) {
    long segments = Machine.sharedMemorySegments();
    List<Path> before = Machine.clusterDirectories(Path.of(System.getProperty("java.io.tmpdir")));

    assertThatThrownBy(() -> provisioning(topology, PortLease::take).start())
        .isInstanceOf(ProvisioningException.class)
        .hasMessageContainingAll(words);

    assertThat(Machine.clusterDirectories(Path.of(System.getProperty("java.io.tmpdir"))))
        .isSubsetOf(before);
    assertThat(Machine.sharedMemorySegments()).isLessThanOrEqualTo(segments);
  }

  @Test
  void anUnknownSettingIsNamed() {
    refused(
        Topology.primaryOnly().withSettings(Map.of("max_conections", "50")),
        "unrecognized configuration parameter \"max_conections\"",
        "refuses the settings of this topology");
  }

  @Test
  void anImpossibleValueIsNamed() {
    refused(
        Topology.primaryOnly().withSettings(Map.of("max_connections", "many")),
        "invalid value for parameter \"max_connections\": \"many\"");
  }

  @Test
  void aPoolerThatRefusesItsSettingsSaysWhy() {
    refused(
        Topology.primaryOnly().withPooler().withPoolerSettings(Map.of("pool_mode", "nonsense")),
        "pgb1 did not start",
        "pool_mode");
  }

  @Test
  void aServerThatEndsAtTheStartIsNotWaitedFor() {
    refused(
        Topology.primaryOnly().withSettings(Map.of("shared_preload_libraries", "no_such_library")),
        "refuses the settings of this topology",
        "could not access file \"no_such_library\"");
  }

  @Test
  void aPortTakenBetweenChoiceAndBindIsReplaced() {
    var given = new ArrayList<Integer>();
    var topology = Topology.primaryOnly().withReplicas(1).withPooler();

    try (var cluster =
        provisioning(
                topology,
                () -> {
                  PortLease lease = PortLease.take();
                  given.add(lease.port());
                  if (given.size() <= topology.replicas() + 2) {
                    occupy(lease.port());
                  }
                  return lease;
                })
            .start()) {

      assertThat(given).hasSize(6);
      assertThat(cluster.primary().endpoint().port()).isIn(given.subList(3, 6));
      assertThat(cluster.pooler().endpoint().port()).isIn(given.subList(3, 6));
    }
  }

  private void occupy(int port) {
    try {
      occupied.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLeasedPortIsGivenToNobodyElse() {
    try (PortLease lease = PortLease.take()) {
      for (int i = 0; i < 200; i++) {
        try (PortLease other = PortLease.take()) {
          assertThat(other.port()).isNotEqualTo(lease.port());
        }
      }
    }
  }

  @Test
  void aTemporaryDirectoryThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ClusterDirectory.create(USER, Path.of("/nowhere")))
        .isInstanceOf(ProvisioningException.class)
        .hasMessageContainingAll("cannot create a directory in /nowhere", "-Djava.io.tmpdir=DIR");
  }

  @Test
  void aTemporaryDirectoryThatServersCannotEnterIsNamed() throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(USER.change(), "needs root");
    Path closed =
        Files.createTempDirectory(
            "closed",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

    assertThatThrownBy(() -> ClusterDirectory.create(USER, closed))
        .isInstanceOf(ProvisioningException.class)
        .hasMessageContainingAll("\"nobody\"", "cannot enter " + closed);
    assertThat(closed).isEmptyDirectory();
    Files.delete(closed);
  }
}
