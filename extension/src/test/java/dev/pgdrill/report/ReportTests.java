package dev.pgdrill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgdrill.history.HistoryFixture;
import dev.pgdrill.plan.GateMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTests {
  @TempDir Path directory;

  @Test
  void reportIsWrittenAsTheGoldenFilesHaveIt() throws Exception {
    DrillResult drill = Drills.full();
    DrillResult skipped = Drills.ended("pool.packet-drop", Result.NOT_ASSESSED, "no nftables");
    Report report =
        new Report(
            Report.SCHEMA,
            new Report.Run("20260101-100000", "2026-01-01T10:00:59Z", "17.0.15+6", "Linux 6.1", 2),
            null,
            Map.of("postgres", "15.18"),
            List.of(drill, skipped),
            drill.promises(),
            List.of(),
            null,
            List.of("pool.packet-drop"),
            new Report.Decision(
                GateMode.ENFORCE,
                false,
                List.of(
                    drill.id() + " violated: " + drill.reason(),
                    "pool.packet-drop not assessed: no nftables")));

    report.write(directory);

    assertThat(directory.resolve("report.json")).hasSameTextualContentAs(golden("report.json"));
    assertThat(directory.resolve("summary.md")).hasSameTextualContentAs(golden("summary.md"));
  }

  @Test
  void promisesAndWhatWasNotAssessedAreCollectedFromTheDrills() {
    var one = Drills.withOutage("failover.a", 412);
    var two = Drills.withOutage("failover.b", 80);
    var three = Drills.ended("pool.x", Result.NOT_ASSESSED, "no nftables");

    Report report = report(one, two, three);

    assertThat(report.schema()).isEqualTo("pgdrill.report/1");
    assertThat(report.run().id()).isEqualTo("run-1");
    assertThat(report.run().reportedAt()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(report.promises())
        .extracting(PromiseResult::drill, PromiseResult::verdict)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("failover.a", Result.VIOLATED),
            org.assertj.core.api.Assertions.tuple("failover.b", Result.HOLDS));
    assertThat(report.notAssessed()).containsExactly("pool.x");
  }

  @Test
  void everyVersionOfAComponentIsNamedOnce() {
    Report report =
        report(
            madeOf("postgres", "15.1"),
            madeOf("postgres", "15.18"),
            madeOf("pgbouncer", "1.18"),
            madeOf("postgres", "15.1"),
            madeOf("postgres", "15.18"));

    assertThat(report.components())
        .isEqualTo(Map.of("postgres", "15.1, 15.18", "pgbouncer", "1.18"));
  }

  @Test
  void directoryThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(directory.resolve("taken"));

    assertThatThrownBy(() -> report(madeOf("a", "1")).write(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot write the report to " + file);
  }

  private static Report report(DrillResult... drills) {
    return Report.of(
        "run-1",
        Instant.parse("2026-01-01T00:00:00Z"),
        List.of(drills),
        new Report.Decision(GateMode.ENFORCE, true, List.of()));
  }

  private static DrillResult madeOf(String part, String version) {
    return Drills.begun("plan.x")
        .ended(
            Result.HOLDS,
            null,
            List.of(),
            List.of(),
            HistoryFixture.load().history(),
            Map.of(part, version));
  }

  private static Path golden(String name) throws URISyntaxException {
    return Path.of(ReportTests.class.getResource(name).toURI());
  }
}
