package dev.pgdrill.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgdrill.topology.Credentials;
import dev.pgdrill.topology.Endpoint;
import dev.pgdrill.topology.Replication;
import dev.pgdrill.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterTests {
  private final StubServer first = new StubServer();
  private final StubServer second = new StubServer();
  private final AtomicInteger released = new AtomicInteger();
  private final Cluster cluster = cluster(Optional.empty());

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void nodesKeepTheirNamesWhateverTheirState() {
    first.down();

    assertThat(cluster.nodes()).extracting(Node::name).containsExactly("pg1", "pg2");
    assertThat(cluster.node("pg1").isRunning()).isFalse();
    assertThat(cluster.node("pg2").endpoint()).isEqualTo(second.endpoint());
  }

  @Test
  void unknownNodeIsNamedTogetherWithThoseThatExist() {
    assertThatThrownBy(() -> cluster.node("pg7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no node \"pg7\", there are [pg1, pg2]");
  }

  @Test
  void clusterInWhichNobodyAcceptsWritesHasNoPrimary() {
    assertThatThrownBy(cluster::primary)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected one primary in cluster c1, found []");
    assertThatThrownBy(() -> cluster.replicate(Replication.SYNC))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void onlyRunningServersAreReplicas() {
    first.down();

    assertThat(cluster.replicas()).extracting(Node::name).containsExactly("pg2");
    assertThat(cluster.replica(0).name()).isEqualTo("pg2");
    assertThatThrownBy(() -> cluster.replica(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no replica 1 in cluster c1, running are [pg2]");
  }

  @Test
  void applicationsConnectToThePoolerWhereThereIsOne() {
    var pooled = cluster(Optional.of(new StubPooler()));

    assertThat(pooled.entry()).isEqualTo(new Endpoint("127.0.0.1", 6432));
    assertThat(pooled.pooler()).hasToString("pgb1");
    assertThat(cluster.entry()).isEqualTo(first.endpoint());
    assertThatThrownBy(cluster::pooler)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the topology has no pooler: set pooler = true");
  }

  @Test
  void failoverWithoutARunningReplicaLeavesTheLostPrimaryFenced() {
    var journal = new ArrayList<String>();
    cluster.recordTo((kind, node, data) -> journal.add(kind.text() + " " + data.get("step")));
    second.down();

    assertThatThrownBy(cluster::failOver)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no running replica can replace pg1");

    assertThat(first.asked).containsExactly("kill");
    assertThat(second.asked).isEmpty();
    assertThat(journal).containsSubsequence("fault.effective null", "step fence pg1");
    assertThatThrownBy(() -> cluster.node("pg1").start())
        .hasMessage("pg1 is fenced: a failover replaced it");
  }

  @Test
  void nodesNoteWhatIsDoneToThemWhereTheDrillSaysAtThatTime() {
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    cluster.recordTo((kind, node, data) -> before.add(kind.text() + " " + node));
    cluster.node("pg1").kill();

    cluster.recordTo((kind, node, data) -> after.add(kind.text() + " " + node));
    cluster.node("pg2").kill();

    assertThat(before).containsExactly("fault.requested pg1", "fault.effective pg1");
    assertThat(after).containsExactly("fault.requested pg2", "fault.effective pg2");
  }

  @Test
  void closingReleasesWhatTheBackendHasStarted() {
    cluster.close();

    assertThat(released).hasValue(1);
  }

  private Cluster cluster(Optional<PoolerControl> pooler) {
    var servers = new LinkedHashMap<String, ServerControl>();
    servers.put("pg1", first);
    servers.put("pg2", second);
    return new Cluster(
        "c1",
        Topology.primaryOnly().withReplicas(1),
        new Access(new Credentials("admin", "a"), new Credentials("app", "b"), "app"),
        servers,
        pooler,
        Map.of("postgres", "15.18"),
        released::incrementAndGet);
  }

  private static final class StubPooler implements PoolerControl {
    @Override
    public Endpoint endpoint() {
      return new Endpoint("127.0.0.1", 6432);
    }

    @Override
    public void configureFor(String node) {}

    @Override
    public boolean isRunning() {
      return true;
    }

    @Override
    public Optional<String> epitaph() {
      return Optional.empty();
    }
  }
}
