package dev.pgdrill.backend.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The System V shared memory of a server, by which it is told from a second one in the same data
 * directory. A killed server leaves it behind; the next start there removes it, but a cluster that
 * is thrown away has no next start. (Its other shared memory is files in the data directory.)
 *
 * @param segments ids, as {@code ipcs -m} shows them
 */
record SharedMemory(List<String> segments) {
  private static final int INODE = 4;
  private static final int PATH = 5;

  /** What the process has mapped now; empty when it is gone. */
  static SharedMemory of(long pid) {
    try (Stream<String> maps = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
      return new SharedMemory(
          maps.map(line -> line.split("\\s+"))
              .filter(fields -> fields.length > PATH && fields[PATH].startsWith("/SYSV"))
              .map(fields -> fields[INODE])
              .distinct()
              .toList());
    } catch (IOException e) {
      return new SharedMemory(List.of());
    }
  }

  /** Removes what is still there; the server must be gone. */
  void remove(RunAs user) {
    segments.forEach(id -> Command.of("ipcrm", "-m", id).as(user).run(Duration.ofSeconds(10)));
  }
}
