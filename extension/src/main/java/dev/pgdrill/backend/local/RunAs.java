package dev.pgdrill.backend.local;

import dev.pgdrill.backend.ProvisioningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.util.List;

/**
 * The user that servers run as: the one that runs the JVM, or {@code nobody} when that is root,
 * because PostgreSQL and PgBouncer refuse to run as root.
 *
 * @param change whether the user has to be changed
 * @param user name, {@code ""} without a change
 * @param group name, {@code ""} without a change
 */
record RunAs(boolean change, String user, String group) {
  private static final String UNPRIVILEGED = "nobody";

  static RunAs current() {
    try {
      boolean root = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
      return root ? new RunAs(true, UNPRIVILEGED, groupOf(UNPRIVILEGED)) : new RunAs(false, "", "");
    } catch (IOException e) {
      throw new ProvisioningException("cannot tell which user this is: no /proc", e);
    }
  }

  private static String groupOf(String user) {
    var result = Command.of("id", "-gn", user).run(Duration.ofSeconds(10));
    if (result.exitCode() != 0) {
      throw new ProvisioningException(
          "servers must not run as root, and there is no user \"%s\": run the build as another user"
              .formatted(user));
    }
    return result.output().strip();
  }

  /** What to put before a command line to run it as this user; it keeps its process id. */
  List<String> prefix() {
    return change
        ? List.of("setpriv", "--reuid", user, "--regid", group, "--clear-groups", "--")
        : List.of();
  }

  /**
   * As {@link #prefix}, and the kernel sends the signal when the thread that started it ends.
   *
   * @param signal {@code INT}, {@code KILL}, ...
   */
  List<String> prefixWithDeathSignal(String signal) {
    return change
        ? List.of(
            "setpriv",
            "--reuid",
            user,
            "--regid",
            group,
            "--clear-groups",
            "--pdeathsig",
            signal,
            "--")
        : List.of("setpriv", "--pdeathsig", signal, "--");
  }

  /** Gives a file or directory to this user. */
  void own(Path path) throws IOException {
    if (change) {
      var names = path.getFileSystem().getUserPrincipalLookupService();
      var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
      view.setOwner(names.lookupPrincipalByName(user));
      view.setGroup(names.lookupPrincipalByGroupName(group));
    }
  }
}
