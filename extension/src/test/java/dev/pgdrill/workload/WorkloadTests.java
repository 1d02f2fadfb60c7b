package dev.pgdrill.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.pgdrill.cluster.Access;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.cluster.StubServer;
import dev.pgdrill.history.HistoryFile;
import dev.pgdrill.history.Recorder;
import dev.pgdrill.topology.Credentials;
import dev.pgdrill.topology.Topology;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkloadTests {
  private static final Access ACCESS =
      new Access(new Credentials("admin", "a-s3cret"), new Credentials("app", "b-s3cret"), "app");

  private final StubServer server = new StubServer();
  private final Recorder recorder = new Recorder(HistoryFile.none(), "c1", "drill");
  private final Cluster cluster =
      new Cluster(
          "c1",
          Topology.primaryOnly(),
          ACCESS,
          Map.of("pg1", server),
          Optional.empty(),
          Map.of(),
          server::close);
  private final Workload workload = new Workload(cluster, recorder);

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void waitingForWritesNeedsALoad() {
    assertThatThrownBy(() -> workload.awaitAcknowledged(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no load is running: call start first");
  }

  @Test
  void readingBackNeedsTheLoadToBeStopped() {
    assertThatThrownBy(() -> workload.readBack(cluster.node("pg1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the load is still running: call stop first");
    assertThat(recorder.snapshot().finalReads()).isEmpty();
  }

  @Test
  void loadOnAClusterWithoutAPrimaryDoesNotBegin() {
    assertThatThrownBy(() -> workload.start(WriteLoad.writes()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected one primary in cluster c1, found []");

    assertThat(recorder.snapshot().events()).isEmpty();
  }

  @Test
  void endingALoadThatNeverBeganLeavesTheHistoryEmpty() {
    assertThatCode(
            () -> {
              workload.stop();
              workload.close();
            })
        .doesNotThrowAnyException();

    assertThat(workload.acknowledged()).isZero();
    assertThat(recorder.snapshot().events()).isEmpty();
  }

  @Test
  void poolOnAServerThatIsNotThereFailsWithoutThePassword() {
    assertThatThrownBy(() -> ClientPool.open(server.endpoint(), ACCESS, 2))
        .isInstanceOf(PoolInitializationException.class)
        .hasMessageContaining("refused")
        .hasStackTraceContaining("Connection to " + server.endpoint())
        .extracting(WorkloadTests::trace)
        .asString()
        .doesNotContain("s3cret");
  }

  private static String trace(Throwable failure) {
    var text = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
