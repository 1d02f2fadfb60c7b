package dev.pgdrill.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.check.Verdict.Holds;
import dev.pgdrill.check.Verdict.Inconclusive;
import dev.pgdrill.check.Verdict.Violated;
import dev.pgdrill.history.HistoryFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaithfulWritesCheckTests {
  private final FaithfulWritesCheck check = FaithfulWritesCheck.noWriteUnexpectedOrDuplicated();

  @Test
  void judgesTheFaithfulWrites() {
    assertThat(check.promise()).isEqualTo("failover.faithfulWrites");
  }

  @Test
  void holdsWhenAllThatIsThereWasMeantToBe() {
    Verdict verdict = check.judge(load().primaryHas(0, 1, 3).replicaHas(3, 1, 0).history());

    assertThat(verdict).isEqualTo(new Holds(measured(0, 0, 0)));
  }

  @Test
  void lossesAreNotItsBusiness() {
    assertThat(check.judge(load().primaryHas().history())).isInstanceOf(Holds.class);
  }

  @Test
  void rejectsAPhantom() {
    Verdict verdict = check.judge(load().primaryHas(0, 1, 77).history());

    assertThat(verdict)
        .isEqualTo(new Violated(measured(1, 0, 0), List.of("unexpected on pg2: [77]")));
  }

  @Test
  void rejectsADuplicate() {
    Verdict verdict = check.judge(load().primaryHas(0, 1, 1).history());

    assertThat(verdict)
        .isEqualTo(new Violated(measured(0, 1, 0), List.of("duplicated on pg2: [1]")));
  }

  @Test
  void rejectsAWriteThatItsClientWasToldHadFailed() {
    Verdict verdict = check.judge(load().primaryHas(0, 1, 2).history());

    assertThat(verdict)
        .isEqualTo(new Violated(measured(0, 0, 1), List.of("misreported on pg2: [2]")));
  }

  @Test
  void reportsAllThatIsWrongAndWhere() {
    Verdict verdict =
        check.judge(load().primaryHas(0, 1, 2, 78).replicaHas(0, 0, 77, 78).history());

    assertThat(verdict)
        .isEqualTo(
            new Violated(
                measured(2, 1, 1),
                List.of(
                    "unexpected on pg2: [78]",
                    "unexpected on pg3: [77, 78]",
                    "duplicated on pg3: [0]",
                    "misreported on pg2: [2]")));
  }

  @Test
  void isInconclusiveWhenNothingWasAcknowledged() {
    var load = HistoryFixture.load().failed("08006", "refused", 0);

    assertThat(check.judge(load.primaryHas().history()))
        .isEqualTo(new Inconclusive("no write was acknowledged: there was nothing to lose"));
  }

  @Test
  void isInconclusiveWithoutAFinalRead() {
    assertThat(check.judge(load().history()))
        .isEqualTo(new Inconclusive("no server was read back after the load"));
  }

  @Test
  void isInconclusiveWhenOnlyAReplicaWasRead() {
    assertThat(check.judge(load().replicaHas(0, 1).history()))
        .isEqualTo(new Inconclusive("the primary was not read back after the load"));
  }

  /** 0 and 1 acknowledged, 2 failed, 3 unknown. */
  private static HistoryFixture load() {
    return HistoryFixture.load()
        .acknowledged(0, 1)
        .failed("40001", "could not serialize", 2)
        .unknown("08006", "connection lost", 3);
  }

  private static List<Measurement> measured(int unexpected, int duplicated, int misreported) {
    return List.of(
        Measurement.atMost(0, "unexpected", unexpected, "writes"),
        Measurement.atMost(0, "duplicated", duplicated, "writes"),
        Measurement.atMost(0, "misreported", misreported, "writes"));
  }
}
