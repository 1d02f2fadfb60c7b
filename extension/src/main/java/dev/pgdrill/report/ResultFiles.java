package dev.pgdrill.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The results of all JVMs of a run.
 *
 * @param drills ordered by id; one that has begun but not ended is inconclusive
 * @param unreadable files that could not be read, each with the reason
 */
record ResultFiles(List<DrillResult> drills, List<String> unreadable) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  static ResultFiles read(Path run) {
    return read(run, Instant.EPOCH);
  }

  /**
   * Reads those that were written since then: the rest are an earlier build's.
   *
   * @param since to the second
   */
  static ResultFiles read(Path run, Instant since) {
    var drills = new ArrayList<DrillResult>();
    var unreadable = new ArrayList<String>();
    for (Path file : files(run, since)) {
      try {
        drills.add(ended(JSON.readValue(Files.readAllBytes(file), DrillResult.class)));
      } catch (IOException | JacksonException | NullPointerException e) {
        unreadable.add("result %s cannot be read: %s".formatted(file, e.getMessage()));
      }
    }
    drills.sort(Comparator.comparing(DrillResult::id));
    return new ResultFiles(List.copyOf(drills), List.copyOf(unreadable));
  }

  private static DrillResult ended(DrillResult drill) {
    return drill.verdict() == Result.STARTED ? drill.withVerdict(Result.INCONCLUSIVE) : drill;
  }

  private static List<Path> files(Path run, Instant since) {
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(run, 3)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> path.getParent().endsWith(RunDirectory.RESULTS))
          .filter(path -> path.toString().endsWith(".json"))
          .filter(path -> path.toFile().lastModified() >= since.toEpochMilli())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the run directory " + run, e);
    }
  }
}
