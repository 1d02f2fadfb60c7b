package dev.pgdrill.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs all benchmarks, prints their table and writes it to the directory that is named. */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Runs them.
   *
   * @param arguments the directory for {@code bench.md} and {@code bench.json}
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: Benchmarks DIRECTORY");
    }
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    List<Comparison> results = List.of(ClusterReady.compare(directory));
    write(directory, results);
    System.out.println(markdown(results));
  }

  private static void write(Path directory, List<Comparison> results) throws IOException {
    Files.writeString(directory.resolve("bench.md"), markdown(results));
    Files.writeString(directory.resolve("bench.json"), json(results));
  }

  static String markdown(List<Comparison> results) {
    var text =
        new StringBuilder("| what | ours | peer | ratio | peer is | runs |\n|-|-:|-:|-:|-|-:|\n");
    for (Comparison result : results) {
      text.append(
          "| %s | %.2f %s | %.2f %s | %.2f | %s | %d |%n"
              .formatted(
                  result.name(),
                  result.ourMedian(),
                  result.unit(),
                  result.peerMedian(),
                  result.unit(),
                  result.ratio(),
                  result.peer(),
                  result.ourRuns().size()));
    }
    return text.toString();
  }

  static String json(List<Comparison> results) {
    return results.stream()
        .map(
            result ->
                """
                {"name":"%s","unit":"%s","peer":"%s","ours":%s,"peers":%s,"ratio":%.3f}"""
                    .formatted(
                        result.name(),
                        result.unit(),
                        result.peer(),
                        result.ourRuns(),
                        result.peerRuns(),
                        result.ratio()))
        .toList()
        .toString();
  }
}
