package dev.pgdrill.backend.local;

import dev.pgdrill.backend.ProvisioningException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;

/**
 * The private directory of one cluster: data and secrets, 0700, owned by the user that servers run
 * as. It lies in the JVM's temporary directory, not below the project, whose parents that user may
 * not be allowed to enter.
 */
final class ClusterDirectory {
  private final Path root;
  private final RunAs user;

  private ClusterDirectory(Path root, RunAs user) {
    this.root = root;
    this.user = user;
  }

  /**
   * Creates it below {@code parent}.
   *
   * @throws ProvisioningException if that cannot be written, or not entered by the servers' user
   */
  static ClusterDirectory create(RunAs user, Path parent) {
    try {
      Path root = Files.createTempDirectory(parent, "pgdrill-");
      try {
        var directory = new ClusterDirectory(root, user);
        user.own(root);
        directory.requireAccess();
        return directory;
      } catch (IOException | RuntimeException e) {
        delete(root);
        throw e;
      }
    } catch (IOException e) {
      throw new ProvisioningException(
          "cannot create a directory in %s: %s; free or permit it, or name another with"
                  .formatted(parent, e)
              + " -Djava.io.tmpdir=DIR",
          e);
    }
  }

  private void requireAccess() {
    var look = Command.of("test", "-w", root.toString()).as(user).run(Duration.ofSeconds(10));
    if (look.exitCode() != 0) {
      throw new ProvisioningException(
          "the user \"%s\", which servers run as, cannot enter %s: name a directory that everybody"
                  .formatted(user.user(), root.getParent())
              + " can enter with -Djava.io.tmpdir=DIR");
    }
  }

  Path root() {
    return root;
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  /** Writes a file that only the servers' user can read, in place of what was there. */
  void write(Path file, String text) {
    try {
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        user.own(file);
      }
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  Path directory(String name) {
    try {
      Path made =
          Files.createDirectory(
              root.resolve(name),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      user.own(made);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a directory in " + root, e);
    }
  }

  void delete() {
    delete(root);
  }

  static void delete(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + root, e);
    }
  }
}
