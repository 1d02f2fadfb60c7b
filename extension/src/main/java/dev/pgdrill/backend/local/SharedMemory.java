package dev.pgdrill.backend.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shared memory that a server maps. A server that is killed leaves it behind; the next start in
 * the same data directory removes it, but a cluster that is thrown away has no next start.
 *
 * @param segments ids of System V segments
 * @param files POSIX segments
 */
record SharedMemory(List<String> segments, List<Path> files) {
  private static final int INODE = 4;
  private static final int PATH = 5;

  /** What the process has mapped now; empty when it is gone or not ours. */
  static SharedMemory of(long pid) {
    try (Stream<String> maps = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
      List<String[]> mapped =
          maps.map(line -> line.split("\\s+")).filter(fields -> fields.length > PATH).toList();
      return new SharedMemory(
          mapped.stream()
              .filter(fields -> fields[PATH].startsWith("/SYSV"))
              .map(fields -> fields[INODE])
              .distinct()
              .toList(),
          mapped.stream()
              .filter(fields -> fields[PATH].startsWith("/dev/shm/PostgreSQL."))
              .map(fields -> Path.of(fields[PATH]))
              .distinct()
              .toList());
    } catch (IOException e) {
      return new SharedMemory(List.of(), List.of());
    }
  }

  /** Removes what is still there; the server must be gone. */
  void remove(RunAs user) {
    segments.forEach(id -> Command.of("ipcrm", "-m", id).as(user).run(Duration.ofSeconds(10)));
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        continue;
      }
    }
  }
}
