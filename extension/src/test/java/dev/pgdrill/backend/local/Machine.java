package dev.pgdrill.backend.local;

import dev.pgdrill.backend.ProcessStat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a cluster leaves on the machine, by its private directory. */
final class Machine {
  private Machine() {}

  /** Ids of live processes whose command line names the directory. */
  static List<Long> processesOf(Path directory) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> commandLine(pid).contains(directory.toString()))
        .filter(pid -> !ProcessStat.gone(pid))
        .toList();
  }

  static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }

  /** The private directories of clusters below a temporary directory. */
  static List<Path> clusterDirectories(Path parent) {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("pgdrill-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many System V segments there are. */
  static long sharedMemorySegments() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/sysvipc/shm"))) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
