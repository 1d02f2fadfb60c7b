package dev.pgdrill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.check.Measurement;
import dev.pgdrill.history.HistoryFixture;
import dev.pgdrill.plan.GateMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "<script>alert(1)</script> = &lt;script>alert(1)&lt;/script>",
        "a|b = a\\|b",
        "a\\|b = a\\\\\\|b",
        "&lt; = &amp;lt;",
        "[x](javascript:y) = \\[x\\](javascript:y)",
        "![x](//y) = !\\[x\\](//y)",
        "`code` *strong* ~~gone~~ = \\`code\\` \\*strong\\* \\~\\~gone\\~\\~"
      })
  void hostileNamesStandAsText(String name, String escaped) {
    Report report = report(List.of(name + " objects"), hostile(name));

    String markdown = Summary.markdown(report);

    assertThat(markdown)
        .contains("\n| " + escaped + " | violated | - |")
        .contains("\n| p " + escaped + " | d " + escaped + " | violated | " + escaped + " 1 ms |")
        .contains("\n- " + escaped + " objects\n")
        .contains(", part " + escaped + "=1 " + escaped + ".\n");
  }

  @Test
  void lineBreaksDoNotEndARow() {
    assertThat(Summary.markdown(report(List.of(), hostile("a\nb\r\nc\rd\u2028e"))))
        .contains("\n| a b c d e | violated | - |");
  }

  @Test
  void tableAlignsTheDrillsAndEndsWithTheDecision() {
    String table =
        Summary.table(report(List.of(), Drills.full(), Drills.ended("pool.x", Result.HOLDS, null)));

    assertThat(table.lines().map(String::stripTrailing))
        .containsExactly(
            "drill                         verdict   RTO ms  lost  writes  writes/s  p50 ms  p99 ms",
            "failover.primary-crash#async  violated   12346     -    4000       200     1.3    12.5",
            "pool.x                        holds          -     -       -         -       -       -",
            "gate passed (enforce)");
  }

  @Test
  void runWithoutComponentsStillEndsItsSentence() {
    String markdown = Summary.markdown(report(List.of(), Drills.begun("plan.x")));

    assertThat(markdown).endsWith(" processors.\n");
  }

  @Test
  @ResourceLock(Resources.LOCALE)
  void numbersReadTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {

      String table = Summary.table(report(List.of(), Drills.full()));

      assertThat(table).contains(" 12.5 ");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static DrillResult hostile(String name) {
    var promise =
        new PromiseResult(
            "p " + name,
            "d " + name,
            Result.VIOLATED,
            null,
            List.of(Measurement.of(name, 1, "ms")),
            List.of());
    return Drills.begun(name)
        .ended(
            Result.VIOLATED,
            "why",
            List.of(promise),
            List.of(),
            HistoryFixture.load().history(),
            Map.of("part " + name, "1 " + name));
  }

  private static Report report(List<String> objections, DrillResult... drills) {
    return Report.of(
        "run-1",
        Instant.EPOCH,
        List.of(drills),
        new Report.Decision(GateMode.ENFORCE, objections.isEmpty(), objections));
  }
}
