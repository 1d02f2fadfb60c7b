package dev.pgdrill.backend.local;

import dev.pgdrill.cluster.CommandResult;
import dev.pgdrill.report.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fetches packages with the system's own apt configuration, signatures and checksums, without root:
 * lists, archives and the (empty) status file are ours, nothing is installed.
 */
final class AptPackages {
  private static final Duration UPDATE_WITHIN = Duration.ofMinutes(3);
  private static final Duration DOWNLOAD_WITHIN = Duration.ofMinutes(10);
  private static final Duration UNPACK_WITHIN = Duration.ofMinutes(2);
  private static final Duration SEARCH_WITHIN = Duration.ofSeconds(30);
  private static final Pattern OFFERED = Pattern.compile("(?m)^postgresql-(\\d+) - ");

  /** Such as {@code Get:7 http://HOST bookworm/main amd64 libmd0 amd64 1.0.4-2 [29.5 kB]}. */
  private static final Pattern DOWNLOAD =
      Pattern.compile("Get:(\\d+) \\S+ \\S+ \\S+ (\\S+) \\S+ \\S+ \\[.*");

  private static final List<String> PROXIES =
      List.of("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY");

  /**
   * Dependencies that the system has anyway, or that a server started by us does not use. Never
   * libc6: its libraries must match the running system's loader.
   */
  private static final Pattern NOT_UNPACKED =
      Pattern.compile(
          "(libc6|libc-bin|libcrypt1|perl|perl-base|perl-modules-.*|libperl.*|dpkg|tar|debconf"
              + "|debianutils|cdebconf|adduser|passwd|init-system-helpers|coreutils|gcc-.*-base"
              + "|libllvm.*|locales|libc-l10n|fonts-.*|libjs-.*|libz3.*|postgresql-common.*"
              + "|postgresql-client-common|openssl|usrmerge|usr-is-merged|ssl-cert|tzdata.*|ucf"
              + "|libpam.*|login.*|libgdbm.*|libdb5.*|sysvinit.*|netbase|lsb-base|sed|grep|bash"
              + "|util-linux.*|mount|systemd.*|python3.*)_.*\\.deb");

  private final String aptGet;

  AptPackages() {
    this("apt-get");
  }

  /**
   * @param aptGet the program, for a test of a system that has none
   */
  AptPackages(String aptGet) {
    this.aptGet = aptGet;
  }

  /**
   * The package of the newest PostgreSQL that the distribution offers, such as {@code
   * postgresql-15}.
   *
   * @param work a folder for apt's lists
   */
  String newestPostgres(Path work) throws IOException {
    update(work);
    CommandResult offered =
        command(work, "apt-cache", "search", "--names-only", "^postgresql-[0-9]+$")
            .run(SEARCH_WITHIN);
    return OFFERED
        .matcher(offered.output())
        .results()
        .map(match -> Integer.parseInt(match.group(1)))
        .max(Comparator.naturalOrder())
        .map(major -> "postgresql-" + major)
        .orElseThrow(
            () ->
                new PackagesUnavailableException("the distribution offers no PostgreSQL package"));
  }

  /**
   * Downloads a package with what it depends on and unpacks them; {@code target} is there when all
   * of it is.
   *
   * @throws PackagesUnavailableException in apt's words
   * @throws IOException when the folders cannot be written
   */
  void fetch(String name, Path work, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Path archives = target.resolveSibling(target.getFileName() + ".archives.part");
    delete(part);
    delete(archives);
    Files.createDirectories(archives.resolve("partial"));
    update(work);
    Console.say("downloading %s and what it depends on into %s".formatted(name, target));
    run(
        DOWNLOAD_WITHIN,
        command(
            work,
            aptGet,
            "-o",
            "Dir::Cache::archives=" + archives,
            "--download-only",
            "--no-install-recommends",
            "-y",
            "install",
            name));
    unpack(archives, part);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    delete(archives);
    Console.say("%s is ready in %s".formatted(name, target));
  }

  private void update(Path work) throws IOException {
    requireApt();
    Files.createDirectories(work.resolve("apt/lists/partial"));
    Files.writeString(work.resolve("apt/status"), "");
    Console.say("updating package lists in " + work);
    run(UPDATE_WITHIN, command(work, aptGet, "update"));
  }

  private void requireApt() {
    try {
      Command.of(aptGet, "--version").run(SEARCH_WITHIN);
    } catch (IllegalStateException e) {
      throw new PackagesUnavailableException("this system has no apt-get to fetch packages with");
    }
  }

  private static void unpack(Path archives, Path part) throws IOException {
    Files.createDirectories(part);
    for (Path archive : entries(archives)) {
      String file = archive.getFileName().toString();
      if (file.endsWith(".deb") && !NOT_UNPACKED.matcher(file).matches()) {
        run(UNPACK_WITHIN, Command.of("dpkg-deb", "-x", archive.toString(), part.toString()));
      }
    }
  }

  private static Command command(Path work, String program, String... arguments) {
    var line =
        new ArrayList<>(
            List.of(
                program,
                "-q",
                "-o",
                "Dir::State=" + work.resolve("apt"),
                "-o",
                "Dir::State::lists=" + work.resolve("apt/lists"),
                "-o",
                "Dir::State::status=" + work.resolve("apt/status"),
                "-o",
                "Dir::Cache=" + work.resolve("apt"),
                "-o",
                "Debug::NoLocking=true",
                "-o",
                "APT::Sandbox::User=",
                "-o",
                "Acquire::Languages=none"));
    line.addAll(Arrays.asList(arguments));
    return Command.of(line.toArray(String[]::new)).with(proxies());
  }

  private static Map<String, String> proxies() {
    var set = new TreeMap<>(System.getenv());
    set.keySet().retainAll(PROXIES);
    return set;
  }

  private static void run(Duration deadline, Command command) {
    CommandResult result;
    try {
      result = command.run(deadline, AptPackages::progress);
    } catch (IllegalStateException e) {
      throw new PackagesUnavailableException(e.getMessage());
    }
    if (result.exitCode() != 0) {
      throw new PackagesUnavailableException("packages cannot be fetched: " + firstError(result));
    }
  }

  private static void progress(String line) {
    Matcher download = DOWNLOAD.matcher(line);
    if (download.matches() && Integer.parseInt(download.group(1)) % 20 == 0) {
      Console.say("%s packages, now %s".formatted(download.group(1), download.group(2)));
    }
  }

  private static String firstError(CommandResult result) {
    return Stream.concat(result.errors().lines(), result.output().lines())
        .filter(line -> line.startsWith("E:") || line.startsWith("Err:") || line.contains("error"))
        .findFirst()
        .orElse("exit code " + result.exitCode());
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
