package dev.pgdrill.backend.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command that installs a package on this distribution. */
final class Remedy {
  private static final Path OS_RELEASE = Path.of("/etc/os-release");

  private Remedy() {}

  /**
   * Such as {@code "Install it: apt-get install pgbouncer"}.
   *
   * @param debianName the package's name in Debian
   */
  static String install(String debianName) {
    return install(debianName, osRelease());
  }

  static String install(String debianName, String osRelease) {
    if (osRelease.matches("(?s).*\\bID(_LIKE)?=\"?[^\"\\n]*\\b(debian|ubuntu)\\b.*")) {
      return "Install it: apt-get install " + debianName;
    }
    if (osRelease.matches("(?s).*\\bID(_LIKE)?=\"?[^\"\\n]*\\b(fedora|rhel|centos)\\b.*")) {
      return "Install it: dnf install "
          + debianName.replaceFirst("^postgresql.*", "postgresql-server");
    }
    if (osRelease.matches("(?s).*\\bID=\"?alpine\\b.*")) {
      return "Install it: apk add " + debianName.replace("postgresql-", "postgresql");
    }
    return "Install it with this system's package manager";
  }

  private static String osRelease() {
    try {
      return Files.readString(OS_RELEASE);
    } catch (IOException e) {
      return "";
    }
  }
}
