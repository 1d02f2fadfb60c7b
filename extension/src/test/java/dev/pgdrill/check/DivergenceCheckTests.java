package dev.pgdrill.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.check.Verdict.Holds;
import dev.pgdrill.check.Verdict.Inconclusive;
import dev.pgdrill.check.Verdict.Violated;
import dev.pgdrill.history.HistoryFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

class DivergenceCheckTests {
  private static final String SWITCH = "0/3000100";

  private final DivergenceCheck check = DivergenceCheck.onlyWritesBeyondTheSwitchPointLost();

  @Test
  void judgesTheLostWrites() {
    assertThat(check.promise()).isEqualTo("failover.lostWrites");
  }

  @Test
  void holdsWhenNothingIsLost() {
    Verdict verdict = check.judge(load().primaryHas(0, 1, 2, 3).switched(SWITCH, SWITCH).history());

    assertThat(verdict).isEqualTo(new Holds(lost(0), unexplained(0)));
  }

  @Test
  void holdsWhenEveryLostWriteCommittedAtOrBeyondTheSwitchPoint() {
    Verdict at = check.judge(load().primaryHas(0, 1).switched(SWITCH, SWITCH, 2, 3).history());
    Verdict beyond = check.judge(load().primaryHas(0, 1).switched(SWITCH, "1/0", 2, 3).history());

    assertThat(at).isEqualTo(new Holds(lost(2), unexplained(0)));
    assertThat(beyond).isEqualTo(at);
  }

  @Test
  void rejectsALostWriteThatCommittedBeforeTheSwitchPoint() {
    Verdict verdict =
        check.judge(load().primaryHas(0, 1, 2).switched(SWITCH, "0/30000FF", 3).history());

    assertThat(verdict)
        .isEqualTo(
            new Violated(
                List.of(lost(1), unexplained(1)),
                List.of(
                    "lost, though the old primary's WAL has no commit of it at or beyond"
                        + " 0/3000100: [3]")));
  }

  @Test
  void rejectsALostWriteWhoseCommitIsInNoWal() {
    Verdict verdict = check.judge(load().primaryHas(0).switched(SWITCH, SWITCH, 2, 3).history());

    assertThat(verdict).isInstanceOf(Violated.class);
    assertThat(verdict.measurements()).containsExactly(lost(3), unexplained(1));
    assertThat(((Violated) verdict).evidence()).singleElement().asString().endsWith(": [1]");
  }

  @Test
  void rejectsALossOfTheNewPrimaryWhoseTransactionIdTheOldOneHadUsed() {
    var load =
        load()
            .promoted()
            .acknowledgedWithXidOf(3, 10)
            .primaryHas(0, 1, 2)
            .switched(SWITCH, SWITCH, 3);

    Verdict verdict = check.judge(load.history());

    assertThat(verdict).isInstanceOf(Violated.class);
    assertThat(((Violated) verdict).evidence()).singleElement().asString().endsWith(": [10]");
  }

  @Test
  void rejectsALossOnAReplicaThatThePrimaryDoesNotShare() {
    var load = load().primaryHas(0, 1, 2, 3).replicaHas(0, 1, 2);

    assertThat(check.judge(load.switched(SWITCH, SWITCH).history())).isInstanceOf(Violated.class);
  }

  @Test
  void isInconclusiveWithoutASwitchPoint() {
    assertThat(check.judge(load().primaryHas(0, 1, 2, 3).history()))
        .isEqualTo(new Inconclusive("it is not known where the new timeline left the old one"));
  }

  @Test
  void isInconclusiveWhenNothingWasAcknowledged() {
    var load = HistoryFixture.load().failed("08006", "refused", 0).primaryHas();

    assertThat(check.judge(load.switched(SWITCH, SWITCH).history()))
        .isEqualTo(new Inconclusive("no write was acknowledged: there was nothing to lose"));
  }

  @Test
  void isInconclusiveWithoutAFinalRead() {
    assertThat(check.judge(load().switched(SWITCH, SWITCH).history()))
        .isEqualTo(new Inconclusive("no server was read back after the load"));
  }

  @Test
  void isInconclusiveWhenOnlyAReplicaWasRead() {
    var load = load().replicaHas(0, 1, 2, 3);

    assertThat(check.judge(load.switched(SWITCH, SWITCH).history()))
        .isEqualTo(new Inconclusive("the primary was not read back after the load"));
  }

  private static HistoryFixture load() {
    return HistoryFixture.load().acknowledged(0, 1, 2, 3);
  }

  private static Measurement lost(int writes) {
    return Measurement.of("lost", writes, "writes");
  }

  private static Measurement unexplained(int writes) {
    return Measurement.atMost(0, "unexplained", writes, "writes");
  }
}
