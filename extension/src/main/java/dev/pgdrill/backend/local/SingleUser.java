package dev.pgdrill.backend.local;

import dev.pgdrill.backend.ProvisioningException;
import dev.pgdrill.cluster.CommandResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * SQL before a server ever listens, in single-user mode: nobody else can be there, and what the
 * settings limit stands in the control file before a standby is copied from it.
 */
record SingleUser(Binaries binaries, RunAs user) {
  private static final Duration DONE_WITHIN = Duration.ofMinutes(2);
  private static final Pattern COMPLAINT =
      Pattern.compile("(ERROR|FATAL|PANIC): |unrecognized configuration|invalid value");

  /**
   * Runs commands, one a line.
   *
   * @throws ProvisioningException in the server's words, without the commands: they hold passwords
   */
  void run(Path data, List<String> commands) {
    CommandResult result =
        binaries
            .postgresProgram("postgres", "--single", "-D", data.toString(), "postgres")
            .as(user)
            .in(data)
            .run(DONE_WITHIN, String.join("\n", commands) + "\n");
    List<String> complaints =
        result.errors().lines().filter(line -> COMPLAINT.matcher(line).find()).toList();
    if (result.exitCode() != 0 || !complaints.isEmpty()) {
      throw new ProvisioningException(
          "PostgreSQL %s refuses the settings of this topology: %s"
              .formatted(binaries.postgres().version(), String.join("; ", complaints)));
    }
  }
}
