package dev.pgdrill.cluster;

import dev.pgdrill.topology.Lsn;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what {@code pg_waldump --rmgr=Transaction} prints. */
final class WalDump {
  private static final Pattern COMMIT =
      Pattern.compile(
          "tx:\\s+(\\d+), lsn: ([0-9A-F]+/[0-9A-F]+), .*desc: COMMIT(?:_PREPARED (\\d+):)? ");

  /** What pg_waldump says, with exit code 1, when it came to the end of what was written. */
  private static final Pattern END_OF_WAL =
      Pattern.compile("error in WAL record at|could not find a valid record after");

  private static final Pattern NO_NEXT_SEGMENT =
      Pattern.compile("could not find file \"[0-9A-F]{24}\"");

  private WalDump() {}

  /** WAL that ends with a segment ends in a file that is not there; but it must have begun. */
  private static boolean atEnd(CommandResult dump) {
    return END_OF_WAL.matcher(dump.errors()).find()
        || (NO_NEXT_SEGMENT.matcher(dump.errors()).find() && !dump.output().isBlank());
  }

  /**
   * @throws IllegalStateException when the WAL could not be read at all
   */
  static Map<Long, Lsn> commits(CommandResult dump) {
    if (dump.exitCode() != 0 && !atEnd(dump)) {
      throw new IllegalStateException("pg_waldump failed: " + dump.errors().strip());
    }
    var commits = new HashMap<Long, Lsn>();
    dump.output()
        .lines()
        .forEach(
            line -> {
              var matcher = COMMIT.matcher(line);
              if (matcher.find()) {
                // COMMIT PREPARED has no transaction of its own: tx is 0.
                String xid = matcher.group(3) == null ? matcher.group(1) : matcher.group(3);
                commits.put(Long.parseLong(xid), Lsn.parse(matcher.group(2)));
              }
            });
    return commits;
  }
}
