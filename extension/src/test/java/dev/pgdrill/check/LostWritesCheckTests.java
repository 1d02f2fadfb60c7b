package dev.pgdrill.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.check.Verdict.Holds;
import dev.pgdrill.check.Verdict.Inconclusive;
import dev.pgdrill.check.Verdict.Violated;
import dev.pgdrill.history.HistoryFixture;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LostWritesCheckTests {
  private final LostWritesCheck check = LostWritesCheck.noWriteLost();

  @Test
  void judgesTheLostWrites() {
    assertThat(check.promise()).isEqualTo("failover.lostWrites");
  }

  @Test
  void holdsWhenEveryAcknowledgedWriteIsThere() {
    var load = load().failed("40001", "could not serialize", 3).unknown("", "no answer", 4, 5);

    Verdict verdict = check.judge(load.primaryHas(2, 1, 0, 4).replicaHas(0, 1, 2, 4).history());

    assertThat(verdict).isEqualTo(new Holds(measured(0)));
  }

  @Test
  void rejectsAPlantedLostWrite() {
    Verdict verdict = check.judge(load().primaryHas(0, 2).history());

    assertThat(verdict).isEqualTo(new Violated(List.of(measured(1)), List.of("lost on pg2: [1]")));
  }

  @Test
  void rejectsAWriteThatIsMissingOnAReplicaOnly() {
    Verdict verdict = check.judge(load().primaryHas(0, 1, 2).replicaHas(0).history());

    assertThat(verdict)
        .isEqualTo(new Violated(List.of(measured(2)), List.of("lost on pg3: [1, 2]")));
  }

  @Test
  void namesTheFirstOfManyAndCountsTheRest() {
    var load = HistoryFixture.load().acknowledged(IntStream.range(0, 50).toArray());

    Verdict verdict = check.judge(load.primaryHas(0).history());

    assertThat(((Violated) verdict).evidence().get(0))
        .startsWith("lost on pg2: [1, 2, 3,")
        .endsWith(" 20] and 29 more");
  }

  @Test
  void isInconclusiveWhenNothingWasAcknowledged() {
    var load = HistoryFixture.load().unknown("08006", "connection lost", 0);

    assertThat(check.judge(load.primaryHas(0).history()))
        .isEqualTo(new Inconclusive("no write was acknowledged: there was nothing to lose"));
  }

  @Test
  void isInconclusiveWithoutAFinalRead() {
    assertThat(check.judge(load().stopped().history()))
        .isEqualTo(new Inconclusive("no server was read back after the load"));
  }

  @Test
  void isInconclusiveWhenOnlyAReplicaWasRead() {
    assertThat(check.judge(load().replicaHas(0, 1, 2).history()))
        .isEqualTo(new Inconclusive("the primary was not read back after the load"));
  }

  private static HistoryFixture load() {
    return HistoryFixture.load().acknowledged(0, 1, 2);
  }

  private static Measurement measured(int lost) {
    return new Measurement("lost", lost, "writes", "<= 0", "drill");
  }
}
