package dev.pgdrill.cluster;

import java.sql.SQLException;

/** A command of the harness failed on a server; the message names both and the SQLSTATE. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailedException(String server, String command, SQLException cause) {
    super(
        "%s: \"%s\" failed: %s (SQLSTATE %s)"
            .formatted(server, command, cause.getMessage(), cause.getSQLState()),
        cause);
  }
}
