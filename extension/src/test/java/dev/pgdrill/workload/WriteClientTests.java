package dev.pgdrill.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.history.History;
import dev.pgdrill.history.HistoryFile;
import dev.pgdrill.history.Kind;
import dev.pgdrill.history.Recorder;
import dev.pgdrill.topology.Lsn;
import dev.pgdrill.workload.StubDatabase.Step;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WriteClientTests {
  private static final String INSERT =
      "insert into writes (id) values (?) returning pg_current_xact_id() <- ";

  private final Recorder recorder = new Recorder(HistoryFile.none(), "c1", "drill");
  private final Arrivals arrivals = new Arrivals(0, 0);
  private final StubDatabase database = new StubDatabase();
  private final WriteClient client = new WriteClient(database.pool(), arrivals, recorder, "writes");

  @Test
  void writesEachIdInOneTransactionOnAConnectionOfItsOwn() {
    database.at(Step.CLOSE, endAfter(2));

    client.run();

    assertThat(database.asked)
        .containsExactly(
            "checkout",
            INSERT + 0,
            "insert",
            "commit",
            "close",
            "checkout",
            INSERT + 1,
            "insert",
            "commit",
            "close");
    assertThat(recorder.snapshot().attempted()).containsExactly(0, 1);
    assertThat(recorder.snapshot().acknowledged()).containsExactly(0, 1);
    assertThat(client.died()).isNull();
  }

  @Test
  void acknowledgedWriteKeepsTheLowerHalfOfItsTransactionId() {
    database.transactionId("8589934599").at(Step.CLOSE, endAfter(1));

    client.run();

    recorder.note(Kind.ROLE_CHANGE, "pg2", Map.of("role", "primary"));
    recorder.divergence(Lsn.parse("0/1"), Map.of(7L, Lsn.parse("0/2")));
    assertThat(recorder.snapshot().commitLsns()).containsOnlyKeys(0);
  }

  @Test
  void writeWithoutAConnectionFailed() {
    database.at(
        Step.CHECKOUT,
        () -> {
          arrivals.end();
          throw new SQLException("Connection is not available");
        });

    client.run();

    assertThat(recorder.snapshot().failed()).containsExactly(0);
    assertThat(recorder.snapshot().errors()).containsKey(" Connection is not available");
    assertThat(database.asked).containsExactly("checkout");
  }

  @Test
  void writeThatNeverGotToItsCommitFailedAndIsNotTriedAgain() {
    database.failing(Step.INSERT, new SQLException("terminated", "57P01"));
    database.at(Step.CLOSE, endAfter(1));

    client.run();

    assertThat(recorder.snapshot().failed()).containsExactly(0);
    assertThat(database.asked).containsExactly("checkout", INSERT + 0, "insert", "close");
  }

  @Test
  void commitWithoutAnAnswerIsUnknownAndNeverTriedAgain() {
    database.failing(Step.COMMIT, new SQLException("connection lost", "08006"));
    database.at(Step.CLOSE, endAfter(1));

    client.run();

    History history = recorder.snapshot();
    assertThat(history.unknown()).containsExactly(0);
    assertThat(history.acknowledged()).isEmpty();
    assertThat(history.failed()).isEmpty();
    assertThat(database.asked).containsOnlyOnce("insert").containsOnlyOnce("commit");
  }

  @Test
  void commitThatTheServerRefusedFailed() {
    database.failing(Step.COMMIT, new SQLException("could not serialize", "40001"));
    database.at(Step.CLOSE, endAfter(1));

    client.run();

    assertThat(recorder.snapshot().failed()).containsExactly(0);
  }

  @Test
  void commitWithAWarningIsUnknown() {
    database.warning(new SQLWarning("canceling wait", "01000")).at(Step.CLOSE, endAfter(1));

    client.run();

    assertThat(recorder.snapshot().unknown()).containsExactly(0);
  }

  @Test
  void errorWhileTheConnectionIsPutBackChangesNothing() {
    database.at(
        Step.CLOSE,
        () -> {
          arrivals.end();
          throw new SQLException("already closed", "08003");
        });

    client.run();

    assertThat(recorder.snapshot().acknowledged()).containsExactly(0);
    assertThat(client.died()).isNull();
  }

  @Test
  void clientThatDiesSaysWhyAndItsWriteIsUnknown() {
    var cause = new IllegalStateException("pool closed");
    database.at(
        Step.COMMIT,
        () -> {
          throw cause;
        });

    client.run();
    client.abandon();

    assertThat(client.died()).isSameAs(cause);
    assertThat(recorder.snapshot().unknown()).containsExactly(0);
  }

  @Test
  void answerThatComesAfterTheWriteWasAbandonedIsNotCounted() throws InterruptedException {
    var committing = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    database.at(
        Step.COMMIT,
        () -> {
          committing.countDown();
          awaitQuietly(answer);
        });
    database.at(Step.CLOSE, endAfter(1));
    var thread = new Thread(client);
    thread.start();
    assertThat(committing.await(30, TimeUnit.SECONDS)).isTrue();

    client.abandon();
    answer.countDown();
    thread.join(30_000);

    History history = recorder.snapshot();
    assertThat(thread.isAlive()).isFalse();
    assertThat(history.unknown()).containsExactly(0);
    assertThat(history.acknowledged()).isEmpty();
    assertThat(history.errors()).containsOnlyKeys(" no answer before the load was stopped");
  }

  @Test
  void abandoningAnIdleClientChangesNothing() {
    database.at(Step.CLOSE, endAfter(1));
    client.run();

    client.abandon();

    assertThat(recorder.snapshot().acknowledged()).containsExactly(0);
    assertThat(recorder.snapshot().unknown()).isEmpty();
  }

  private StubDatabase.Action endAfter(int writes) {
    var left = new CountDownLatch(writes);
    return () -> {
      left.countDown();
      if (left.getCount() == 0) {
        arrivals.end();
      }
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
