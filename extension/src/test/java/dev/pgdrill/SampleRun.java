package dev.pgdrill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Events;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How sample classes ended, and what they left. */
record SampleRun(EngineExecutionResults events, Path runDirectory) {

  Events tests() {
    return events.testEvents();
  }

  /** What tests and containers failed with, in order. */
  List<Throwable> failures() {
    return events.allEvents().failed().stream()
        .map(
            event ->
                event
                    .getPayload(TestExecutionResult.class)
                    .flatMap(TestExecutionResult::getThrowable)
                    .orElseThrow())
        .toList();
  }

  /** What samples published with {@code TestReporter.publishEntry(text)}, in order. */
  List<String> published() {
    return events.allEvents().reportingEntryPublished().stream()
        .map(event -> event.getPayload(ReportEntry.class).orElseThrow())
        .flatMap(entry -> entry.getKeyValuePairs().values().stream())
        .toList();
  }

  /** What was started and ended, in order. */
  List<String> log() {
    return jvm().stream().flatMap(jvm -> new FakeLog(jvm).lines().stream()).toList();
  }

  long started() {
    return log().stream().filter(line -> line.startsWith("started ")).count();
  }

  /** Clusters that were started and not stopped, or stopped twice. */
  List<String> leaks() {
    return ids("started ").stream()
        .filter(id -> log().stream().filter(("stopped " + id)::equals).count() != 1)
        .toList();
  }

  private List<String> ids(String what) {
    return log().stream()
        .filter(line -> line.startsWith(what))
        .map(line -> line.substring(what.length()))
        .toList();
  }

  /** Results as they were written, by drill id. */
  Map<String, JsonNode> results() {
    var results = new TreeMap<String, JsonNode>();
    for (Path jvm : jvm()) {
      for (Path file : list(jvm.resolve("results"))) {
        JsonNode result = JsonMapper.shared().readTree(file.toFile());
        results.put(result.path("id").asString(), result);
      }
    }
    return results;
  }

  /** The only result. */
  JsonNode result() {
    Map<String, JsonNode> results = results();
    if (results.size() != 1) {
      throw new AssertionError("expected one result, found " + results.keySet());
    }
    return results.values().iterator().next();
  }

  /** This run's own folder; none if it came to nothing. */
  private List<Path> jvm() {
    return Files.exists(runDirectory) ? list(runDirectory) : List.of();
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
