package dev.pgdrill.backend.local;

import dev.pgdrill.backend.ProvisioningException;
import dev.pgdrill.cluster.CommandResult;
import dev.pgdrill.topology.Credentials;
import dev.pgdrill.topology.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes the data directories of a cluster's servers. */
final class DataDirectory {
  private static final Duration INITDB_WITHIN = Duration.ofMinutes(2);
  private static final Duration PREPARE_WITHIN = Duration.ofMinutes(2);
  private static final Pattern COMPLAINT =
      Pattern.compile("(ERROR|FATAL|PANIC): |unrecognized configuration|invalid value");
  private static final Duration COPY_WITHIN = Duration.ofMinutes(2);

  private final ClusterDirectory cluster;
  private final Binaries binaries;
  private final RunAs user;

  DataDirectory(ClusterDirectory cluster, Binaries binaries, RunAs user) {
    this.cluster = cluster;
    this.binaries = binaries;
    this.user = user;
  }

  /** A new database system, with page checksums, and a configuration for every node alike. */
  Path create(String node, Credentials superuser, String replicator, Map<String, String> settings) {
    Path data = cluster.resolve(node);
    Path password = cluster.resolve("superuser");
    cluster.write(password, superuser.password());
    requireSuccess(
        "initdb",
        binaries
            .postgresProgram(
                "initdb",
                "--pgdata=" + data,
                "--username=" + superuser.user(),
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums",
                "--no-instructions",
                "--no-sync")
            .as(user)
            .in(cluster.root())
            .run(INITDB_WITHIN));
    try {
      Files.delete(password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cluster.write(
        data.resolve("pg_hba.conf"),
        """
        host all         all 127.0.0.1/32 scram-sha-256
        host replication %s  127.0.0.1/32 scram-sha-256
        """
            .formatted(replicator));
    append(data.resolve("postgresql.conf"), lines(settings));
    return data;
  }

  /**
   * Runs commands before the server ever listens, in single-user mode: nobody else can be there,
   * and what the settings limit stands in the control file before a standby is copied from it.
   *
   * @throws ProvisioningException in the server's words, without the commands: they hold passwords
   */
  void prepare(Path data, List<String> commands) {
    CommandResult result =
        binaries
            .postgresProgram("postgres", "--single", "-D", data.toString(), "postgres")
            .as(user)
            .in(data)
            .run(PREPARE_WITHIN, String.join("\n", commands) + "\n");
    List<String> complaints =
        result.errors().lines().filter(line -> COMPLAINT.matcher(line).find()).toList();
    if (result.exitCode() != 0 || !complaints.isEmpty()) {
      throw new ProvisioningException(
          "PostgreSQL %s refuses the settings of this topology: %s"
              .formatted(binaries.postgres().version(), String.join("; ", complaints)));
    }
  }

  /**
   * A copy of a server that has never listened, as its standby: the fastest way to one, and as good
   * as a base backup, for all that was written since comes by streaming.
   */
  Path standby(Path origin, String node) {
    Path data = cluster.resolve(node);
    requireSuccess(
        "cp",
        Command.of("cp", "-a", "--reflink=auto", origin.toString(), data.toString())
            .as(user)
            .run(COPY_WITHIN));
    cluster.write(data.resolve("standby.signal"), "");
    return data;
  }

  /** Tells a standby where to stream from; its password stays in a file of its own. */
  void streamFrom(Path standby, String node, Endpoint primary, Credentials replicator) {
    Path passwords = cluster.resolve(node + ".pgpass");
    cluster.write(passwords, "*:*:*:%s:%s%n".formatted(replicator.user(), replicator.password()));
    var settings = new LinkedHashMap<String, String>();
    settings.put("primary_slot_name", node);
    settings.put(
        "primary_conninfo",
        "host=%s port=%d user=%s passfile=%s application_name=%s sslmode=disable gssencmode=disable"
            .formatted(primary.host(), primary.port(), replicator.user(), passwords, node));
    append(standby.resolve("postgresql.conf"), lines(settings));
  }

  void name(Path data, String node) {
    append(data.resolve("postgresql.conf"), lines(Map.of("cluster_name", node)));
  }

  private static String lines(Map<String, String> settings) {
    var text = new StringBuilder();
    settings.forEach(
        (name, value) -> text.append("%s = '%s'%n".formatted(name, value.replace("'", "''"))));
    return text.toString();
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void requireSuccess(String program, CommandResult result) {
    if (result.exitCode() != 0) {
      throw new ProvisioningException(
          "%s failed with exit code %d: %s%s"
              .formatted(program, result.exitCode(), result.output(), result.errors())
              .strip());
    }
  }
}
