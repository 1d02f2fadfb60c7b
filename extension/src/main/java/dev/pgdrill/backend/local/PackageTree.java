package dev.pgdrill.backend.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Packages unpacked into a folder of ours.
 *
 * @param root stands for {@code /}
 */
record PackageTree(Path root) {

  Path resolve(String path) {
    return root.resolve(path);
  }

  /** The folders of PostgreSQL's programs, one for each version. */
  List<Path> postgresFolders() {
    return entries(root.resolve("usr/lib/postgresql")).stream()
        .map(version -> version.resolve("bin"))
        .toList();
  }

  /** Where shared libraries are: {@code usr/lib/ARCHITECTURE}, and PostgreSQL's own. */
  List<Path> libraries() {
    return Stream.of("usr/lib", "lib")
        .flatMap(folder -> entries(root.resolve(folder)).stream())
        .filter(folder -> folder.getFileName().toString().endsWith("-linux-gnu"))
        .toList();
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
