package dev.pgdrill.report;

import dev.pgdrill.plan.GateMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what the drills of a run have written, writes the report and decides whether the build may
 * go on. It runs outside the test JVM, so that it also sees a JVM that died: no result, an
 * unreadable result and a drill without an end all fail.
 */
public final class Gate {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private Gate() {}

  /**
   * Writes the report and prints its table.
   *
   * @param arguments the run directory and the directory for the report; then, where results of
   *     earlier builds may lie in the run directory, the time of this build's start as {@code
   *     yyyyMMdd-HHmmss} in UTC, and the directory that a relative run directory belongs to
   * @throws GateFailedException unless every drill holds, or {@code pgdrill.gate=report}
   */
  public static void main(String[] arguments) {
    if (arguments.length != 2 && arguments.length != 4) {
      throw new IllegalArgumentException("usage: Gate RUN_DIRECTORY REPORT_DIRECTORY [SINCE BASE]");
    }
    boolean dated = arguments.length == 4;
    Path run = dated ? Path.of(arguments[3]).resolve(arguments[0]) : Path.of(arguments[0]);
    Instant since =
        dated ? LocalDateTime.parse(arguments[2], STAMP).toInstant(ZoneOffset.UTC) : Instant.EPOCH;
    decide(run, since, Path.of(arguments[1]), GateMode.current());
  }

  static void decide(Path run, Instant since, Path target, GateMode mode) {
    ResultFiles results = ResultFiles.read(run, since);
    List<String> objections = objections(results);
    var report =
        Report.of(
            run.getFileName().toString(),
            Instant.now(),
            results.drills(),
            new Report.Decision(mode, objections.isEmpty(), objections));
    report.write(target);
    Summary.table(report).lines().forEach(Console::say);
    Console.say("report: " + target.toAbsolutePath().normalize());
    if (!objections.isEmpty() && mode == GateMode.ENFORCE) {
      throw new GateFailedException(objections);
    }
  }

  private static List<String> objections(ResultFiles results) {
    var objections = new ArrayList<>(results.unreadable());
    if (results.drills().isEmpty()) {
      objections.add("no drill has run: nothing was looked at");
    }
    for (DrillResult drill : results.drills()) {
      if (drill.verdict() != Result.HOLDS) {
        objections.add("%s %s: %s".formatted(drill.id(), drill.verdict().text(), drill.reason()));
      }
    }
    return objections;
  }
}
