package dev.pgdrill.backend.local;

import dev.pgdrill.backend.ProvisioningException;
import dev.pgdrill.backend.Watchdog;
import dev.pgdrill.cluster.CommandResult;
import dev.pgdrill.report.Console;
import dev.pgdrill.topology.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What every cluster begins with: a new database system with page checksums, roles without
 * passwords and the clients' database. It takes a second to make and a tenth to copy, so it is kept
 * in the cache, one for each build of PostgreSQL. All clusters made from it have one system
 * identifier.
 */
final class DatabaseTemplate {
  private static final Duration INITDB_WITHIN = Duration.ofMinutes(2);
  private static final Duration COPY_WITHIN = Duration.ofMinutes(2);

  private final Path folder;
  private final Binaries binaries;
  private final RunAs user;
  private final List<String> structure;

  /**
   * @param cache a folder of ours that the servers' user may enter
   * @param structure commands that make roles and the database
   */
  DatabaseTemplate(Path cache, Binaries binaries, RunAs user, List<String> structure) {
    this.folder = cache.resolve("templates");
    this.binaries = binaries;
    this.user = user;
    this.structure = structure;
  }

  /** Makes a data directory of it; {@code data} must not exist. */
  void copyTo(Path data, Credentials superuser) {
    Path kept = folder.resolve(key(superuser));
    if (Files.isDirectory(kept) && copy(kept, data, user).exitCode() == 0) {
      return;
    }
    ClusterDirectory.delete(data);
    initdb(data, superuser);
    new SingleUser(binaries, user).run(data, structure);
    keep(data, kept);
  }

  /** Everything that the content depends on. */
  private String key(Credentials superuser) {
    String all = binaries.postgres() + " " + superuser.user() + " " + user + " " + structure;
    UUID hash = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
    return "postgres-%s-%s".formatted(binaries.postgres().version(), hash);
  }

  private void initdb(Path data, Credentials superuser) {
    CommandResult result =
        binaries
            .postgresProgram(
                "initdb",
                "--pgdata=" + data,
                "--username=" + superuser.user(),
                // Nobody can log in before pg_hba.conf is replaced: the server does not listen yet.
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums",
                "--no-sync")
            .as(user)
            .in(data.getParent())
            .run(INITDB_WITHIN);
    if (result.exitCode() != 0) {
      throw new ProvisioningException(
          "initdb failed with exit code %d: %s%s"
              .formatted(result.exitCode(), result.output(), result.errors())
              .strip());
    }
  }

  /**
   * Two runs may keep the same at once: the first to rename wins. Without a cache, none is kept.
   */
  private void keep(Path data, Path kept) {
    Path part = folder.resolve("pgdrill-" + UUID.randomUUID());
    try {
      Files.createDirectories(folder);
      Watchdog.get().watch(part);
      if (copy(data, part, new RunAs(false, "", "")).exitCode() == 0 && synced(part)) {
        Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      if (!Files.isDirectory(kept)) {
        Console.say("nothing can be kept in %s, each start makes its own: %s".formatted(folder, e));
      }
    } finally {
      ClusterDirectory.delete(part);
    }
  }

  /** On disk before it has its name: after a crash of the machine it is whole or not there. */
  private boolean synced(Path part) {
    return binaries
            .postgresProgram("initdb", "--sync-only", "--pgdata=" + part)
            .as(user)
            .run(INITDB_WITHIN)
            .exitCode()
        == 0;
  }

  static CommandResult copy(Path from, Path to, RunAs user) {
    return Command.of("cp", "-a", "--reflink=auto", from.toString(), to.toString())
        .as(user)
        .run(COPY_WITHIN);
  }
}
