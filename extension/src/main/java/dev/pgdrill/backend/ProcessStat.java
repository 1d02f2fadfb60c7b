package dev.pgdrill.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the kernel says of a process.
 *
 * @param state {@code R}, {@code S}, {@code T} (stopped), {@code Z} (ended, not yet collected), ...
 * @param startTime clock ticks after boot; with the id it names one process for ever
 */
public record ProcessStat(char state, long startTime) {
  private static final int START_TIME_AFTER_NAME = 19;

  /** Reads {@code /proc/PID/stat}; empty when there is no such process. */
  public static Optional<ProcessStat> read(long pid) {
    try {
      String text = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name may hold blanks and brackets: fields are counted from its closing bracket.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      return Optional.of(
          new ProcessStat(fields[0].charAt(0), Long.parseLong(fields[START_TIME_AFTER_NAME])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether the process has ended, collected by its parent or not. */
  public static boolean gone(long pid) {
    return read(pid).map(stat -> stat.state() == 'Z' || stat.state() == 'X').orElse(true);
  }
}
