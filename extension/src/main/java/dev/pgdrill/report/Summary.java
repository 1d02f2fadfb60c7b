package dev.pgdrill.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report in few lines, for people. */
final class Summary {
  private static final List<String> HEAD =
      List.of("drill", "verdict", "RTO ms", "lost", "writes", "writes/s", "p50 ms", "p99 ms");

  private Summary() {}

  private static List<String> row(DrillResult drill) {
    return List.of(
        drill.id(),
        drill.verdict().text(),
        number(drill.number("outage"), "%.0f"),
        number(drill.number("lost"), "%.0f"),
        number(drill.number("acknowledged"), "%.0f"),
        number(drill.number("throughput"), "%.0f"),
        number(drill.number("p50"), "%.1f"),
        number(drill.number("p99"), "%.1f"));
  }

  private static String number(double value, String format) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  /** The drills as a table of plain text, then the decision. */
  static String table(Report report) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    report.drills().forEach(drill -> rows.add(row(drill)));
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        String format = (i < 2 ? "%-" : "%") + widths[i] + "s  ";
        text.append(format.formatted(row.get(i)));
      }
      text.append('\n');
    }
    return text + decision(report);
  }

  private static String decision(Report report) {
    return "gate %s (%s)"
        .formatted(report.gate().passed() ? "passed" : "failed", report.gate().mode().text());
  }

  /** For {@code summary.md} and a job's summary page. */
  static String markdown(Report report) {
    var text = new StringBuilder("# pgdrill: %s%n%n".formatted(decision(report)));
    report
        .gate()
        .reasons()
        .forEach(reason -> text.append("- ").append(escape(reason)).append('\n'));
    if (!report.gate().reasons().isEmpty()) {
      text.append('\n');
    }
    appendRow(text, HEAD);
    text.append("|-|-|-:|-:|-:|-:|-:|-:|\n");
    for (DrillResult drill : report.drills()) {
      appendRow(text, row(drill));
    }
    text.append("\n## Promises\n\n| promise | drill | verdict | measured |\n|-|-|-|-|\n");
    for (PromiseResult promise : report.promises()) {
      appendRow(
          text,
          List.of(
              promise.promise(),
              promise.drill(),
              promise.verdict().text(),
              promise.measurements().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining(", "))));
    }
    text.append(
        "\n## Run\n\n%s, Java %s, %s, %d processors"
            .formatted(
                report.run().reportedAt(),
                report.run().java(),
                report.run().os(),
                report.run().processors()));
    report
        .components()
        .forEach((part, version) -> text.append(", ").append(escape(part + "=" + version)));
    return text.append(".\n").toString();
  }

  private static void appendRow(StringBuilder text, List<String> cells) {
    text.append("| ");
    text.append(cells.stream().map(Summary::escape).collect(Collectors.joining(" | ")));
    text.append(" |\n");
  }

  /** What would be markup stands as text: names and messages come from outside. */
  private static String escape(String text) {
    return text.replaceAll("[\\\\`*_~\\[\\]|]", "\\\\$0")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("\\R", " ");
  }
}
