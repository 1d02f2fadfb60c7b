package dev.pgdrill.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.pgdrill.plan.GateMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was promised, what was measured, what was not assessed: {@code report.json}.
 *
 * @param schema {@value #SCHEMA}
 * @param run when, where and with what
 * @param plan the plan as it was read; null without one
 * @param components what the clusters were made of: part to versions
 * @param drills ordered by id
 * @param promises what each drill says of each promise
 * @param findings what an audit found
 * @param alertMatrix which alert noticed which fault; null without alerts
 * @param notAssessed ids of drills that could not look
 * @param gate the decision
 */
@JsonPropertyOrder({
  "schema",
  "run",
  "plan",
  "components",
  "drills",
  "promises",
  "findings",
  "alertMatrix",
  "notAssessed",
  "gate"
})
record Report(
    String schema,
    Run run,
    Map<String, Object> plan,
    Map<String, String> components,
    List<DrillResult> drills,
    List<PromiseResult> promises,
    List<String> findings,
    Map<String, Object> alertMatrix,
    List<String> notAssessed,
    Decision gate) {

  static final String SCHEMA = "pgdrill.report/1";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The run itself. */
  record Run(String id, String reportedAt, String java, String os, int processors) {}

  /**
   * The gate's decision.
   *
   * @param mode enforce or report
   * @param passed whether nothing stands against going on
   * @param reasons what stands against it
   */
  record Decision(GateMode mode, boolean passed, List<String> reasons) {}

  static Report of(String runId, Instant now, List<DrillResult> drills, Decision gate) {
    var components = new TreeMap<String, String>();
    for (DrillResult drill : drills) {
      drill
          .components()
          .forEach(
              (part, version) ->
                  components.merge(
                      part,
                      version,
                      (a, b) -> List.of(a.split(", ")).contains(b) ? a : a + ", " + b));
    }
    return new Report(
        SCHEMA,
        new Run(
            runId,
            now.toString(),
            Runtime.version().toString(),
            System.getProperty("os.name") + " " + System.getProperty("os.version"),
            Runtime.getRuntime().availableProcessors()),
        null,
        components,
        drills,
        drills.stream().flatMap(drill -> drill.promises().stream()).toList(),
        List.of(),
        null,
        drills.stream()
            .filter(drill -> drill.verdict() == Result.NOT_ASSESSED)
            .map(DrillResult::id)
            .toList(),
        gate);
  }

  /** Writes {@code report.json} and {@code summary.md}. */
  void write(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.write(directory.resolve("report.json"), JSON.writeValueAsBytes(this));
      Files.writeString(directory.resolve("summary.md"), Summary.markdown(this));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the report to " + directory, e);
    }
  }
}
