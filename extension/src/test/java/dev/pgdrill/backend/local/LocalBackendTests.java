package dev.pgdrill.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgdrill.backend.Site;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.cluster.Node;
import dev.pgdrill.cluster.Sql;
import dev.pgdrill.cluster.StopMode;
import dev.pgdrill.topology.Credentials;
import dev.pgdrill.topology.Replication;
import dev.pgdrill.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What the backend promises of a cluster, on a real one; the last test closes it. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalBackendTests {
  private Path logs;
  private Cluster cluster;
  private Path data;

  @BeforeAll
  void start(@TempDir Path directory) {
    logs = directory;
    var topology =
        Topology.primaryOnly()
            .withReplicas(2)
            .withPooler()
            .withSettings(Map.of("max_connections", "50", "log_statement", "all"));
    cluster = new LocalBackend().start(topology, new Site("c1", logs));
    data = Path.of(cluster.primary().query("show data_directory")).getParent();
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void theSettingsAreInForceAndCommitsDurable() {
    for (Node node : cluster.nodes()) {
      assertThat(node.query("show max_connections")).isEqualTo("50");
      assertThat(node.query("show fsync")).isEqualTo("on");
      assertThat(node.query("show full_page_writes")).isEqualTo("on");
      assertThat(node.query("show synchronous_commit")).isEqualTo("on");
      assertThat(node.query("show data_checksums")).isEqualTo("on");
    }
  }

  @Test
  void aWriteThroughThePoolerIsReadOnTheReplica() throws SQLException {
    try (var client = Sql.connect(cluster.entry(), "app", cluster.access().app())) {
      client.run("create table seen (id integer)");
      client.run("insert into seen values (42)");
    }

    cluster.awaitStreaming();

    assertThat(cluster.replica(1).query("select id from seen")).isEqualTo("42");
  }

  @Test
  void nobodyLogsInWithoutThePassword() {
    var stranger = new Credentials("app", "guessed");

    for (var endpoint : List.of(cluster.entry(), cluster.primary().endpoint())) {
      assertThatThrownBy(() -> Sql.connect(endpoint, "app", stranger))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("authentication failed");
    }
    assertThat(cluster.primary().query("select rolpassword from pg_authid where rolname = 'app'"))
        .startsWith("SCRAM-SHA-256$");
  }

  @Test
  void nobodyElseCanReadTheData() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    assertThat(Files.getOwner(data).getName()).isNotEqualTo("root");
  }

  @Test
  void serversRunAsNoRootAndListenOnLoopbackOnly() throws IOException {
    List<Long> processes = Machine.processesOf(data);

    assertThat(processes).isNotEmpty();
    for (long pid : processes) {
      assertThat(Files.getAttribute(Path.of("/proc/" + pid), "unix:uid")).isNotEqualTo(0);
    }
    for (Node node : cluster.nodes()) {
      assertThat(node.endpoint().host()).isEqualTo("127.0.0.1");
      assertThat(node.query("show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(node.query("show unix_socket_directories")).isEmpty();
    }
  }

  @Test
  void noPasswordIsInALogOrOnACommandLine() throws IOException {
    var secrets = List.of(cluster.access().app().password(), cluster.access().admin().password());

    try (Stream<Path> files = Files.list(logs)) {
      for (Path log : files.toList()) {
        assertThat(Files.readString(log)).doesNotContain(secrets);
      }
    }
    for (long pid : Machine.processesOf(data)) {
      assertThat(Machine.commandLine(pid)).doesNotContain(secrets);
    }
    assertThat(cluster.access().toString()).doesNotContain(secrets);
    // The statement log is on, so that the roles' passwords had every chance to be there.
    assertThat(Files.readString(logs.resolve("pg1.log"))).contains("statement: ");
  }

  @Test
  void aNodeComesBackOnItsPortAfterEachWayOfGoingDown() {
    Node replica = cluster.replica(0);
    var endpoint = replica.endpoint();

    for (Runnable goDown :
        List.<Runnable>of(
            replica::kill,
            () -> replica.stop(StopMode.FAST),
            () -> replica.stop(StopMode.IMMEDIATE))) {
      goDown.run();
      assertThat(replica.isRunning()).isFalse();
      assertThat(replica.isPrimary()).isFalse();
      replica.start();
      cluster.awaitStreaming();
      assertThat(replica.endpoint()).isEqualTo(endpoint);
    }
  }

  @Test
  void startingWhatRunsIsRefused() {
    assertThatThrownBy(() -> cluster.primary().start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("running already");
  }

  @Test
  @Order(Integer.MAX_VALUE - 1)
  void aFailoverTakesTheOtherReplicaAlongAndFencesTheOldPrimary() {
    cluster.replicate(Replication.SYNC);
    Node old = cluster.primary();
    old.kill();

    var failover = cluster.failOver();
    cluster.awaitStreaming();

    assertThat(failover.from()).isSameAs(old);
    assertThat(cluster.primary()).isSameAs(failover.to());
    assertThat(failover.newTimeline()).isEqualTo(failover.oldTimeline() + 1);
    assertThat(cluster.replicas()).hasSize(1);
    assertThat(cluster.primary().query("show synchronous_standby_names")).isEmpty();
    assertThatThrownBy(old::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is fenced: a failover replaced it");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void nothingIsLeftWhenItIsClosed() {
    cluster.close();
    cluster.close();

    assertThat(Machine.processesOf(data)).isEmpty();
    assertThat(data).doesNotExist();
  }
}
