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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the data directories of a cluster's servers. */
final class DataDirectory {
  private final ClusterDirectory cluster;
  private final DatabaseTemplate template;
  private final SingleUser singleUser;
  private final RunAs user;

  DataDirectory(
      ClusterDirectory cluster, DatabaseTemplate template, SingleUser singleUser, RunAs user) {
    this.cluster = cluster;
    this.template = template;
    this.singleUser = singleUser;
    this.user = user;
  }

  /**
   * A new data directory.
   *
   * @param settings for every node alike
   * @param passwords commands that set them
   */
  Path create(
      String node,
      Credentials superuser,
      String replicator,
      Map<String, String> settings,
      List<String> passwords) {
    Path data = cluster.resolve(node);
    template.copyTo(data, superuser);
    cluster.write(
        data.resolve("pg_hba.conf"),
        """
        host all         all 127.0.0.1/32 scram-sha-256
        host replication %s  127.0.0.1/32 scram-sha-256
        """
            .formatted(replicator));
    append(data.resolve("postgresql.conf"), lines(settings));
    singleUser.run(data, passwords);
    return data;
  }

  /**
   * A copy of a server that has never listened, as its standby: the fastest way to one, and as good
   * as a base backup, for all that was written since comes by streaming.
   */
  Path standby(Path origin, String node) {
    Path data = cluster.resolve(node);
    CommandResult copied = DatabaseTemplate.copy(origin, data, user);
    if (copied.exitCode() != 0) {
      throw new ProvisioningException(
          "cannot copy %s for %s: %s".formatted(origin, node, copied.errors().strip()));
    }
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
}
