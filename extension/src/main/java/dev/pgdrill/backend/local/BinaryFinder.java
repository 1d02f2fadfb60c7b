package dev.pgdrill.backend.local;

import dev.pgdrill.backend.ProvisioningException;
import dev.pgdrill.backend.local.Binaries.PgBouncer;
import dev.pgdrill.backend.local.Binaries.Postgres;
import dev.pgdrill.cluster.CommandResult;
import dev.pgdrill.plan.Setting;
import dev.pgdrill.topology.Topology;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds PostgreSQL and PgBouncer: in the configured directory and nowhere else if there is one,
 * then on PATH and in the folders of the distributions, then among packages that were fetched
 * before, and at last by fetching the distribution's packages.
 */
final class BinaryFinder {
  private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.\\d+)*(?:beta\\d+|rc\\d+)?");
  private static final List<String> NEEDED = List.of("postgres", "initdb", "pg_waldump");

  private final List<Path> folders;
  private final PackageCache packages;
  private final RunAs user;

  /**
   * @param folders where installed programs may be
   * @param packages what else can be had
   * @param user who must be able to run them
   */
  BinaryFinder(List<Path> folders, PackageCache packages, RunAs user) {
    this.folders = folders;
    this.packages = packages;
    this.user = user;
  }

  /**
   * PATH, and where Debian, Ubuntu, Fedora, Alpine and the PostgreSQL project's packages install.
   */
  static List<Path> systemFolders() {
    Stream<Path> path =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(Path::of);
    Stream<Path> distributions =
        Stream.of("/usr/lib/postgresql", "/usr/libexec", "/opt")
            .map(Path::of)
            .flatMap(BinaryFinder::entries)
            .filter(entry -> entry.getParent().endsWith("postgresql") || isPostgres(entry))
            .map(entry -> entry.resolve("bin"));
    Stream<Path> pgdg = entries(Path.of("/usr")).filter(BinaryFinder::isPgdg);
    Stream<Path> usual = Stream.of("/usr/bin", "/usr/sbin", "/usr/local/sbin").map(Path::of);
    return Stream.of(path, distributions, pgdg.map(entry -> entry.resolve("bin")), usual)
        .flatMap(folder -> folder)
        .distinct()
        .toList();
  }

  private static boolean isPostgres(Path folder) {
    return folder.getFileName().toString().startsWith("postgresql");
  }

  private static boolean isPgdg(Path folder) {
    return folder.getFileName().toString().startsWith("pgsql-");
  }

  private static Stream<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /**
   * What the topology needs.
   *
   * @throws ProvisioningException naming what is missing and how to get it
   */
  Binaries find(Topology topology) {
    OptionalInt wanted =
        topology.postgresMajor().map(OptionalInt::of).orElseGet(BinaryFinder::configuredMajor);
    return new Binaries(
        postgres(wanted), topology.pooler() ? Optional.of(pgbouncer()) : Optional.empty());
  }

  private static OptionalInt configuredMajor() {
    return Setting.POSTGRES_VERSION
        .find()
        .map(
            text -> {
              try {
                return OptionalInt.of(Integer.parseInt(text));
              } catch (NumberFormatException e) {
                throw new dev.pgdrill.plan.InvalidSettingException(
                    Setting.POSTGRES_VERSION, text, "a major version, such as 15");
              }
            })
        .orElse(OptionalInt.empty());
  }

  private Postgres postgres(OptionalInt wanted) {
    Optional<Path> configured = Setting.POSTGRES_BIN.find().map(BinaryFinder::folder);
    if (configured.isPresent()) {
      return configuredPostgres(configured.get(), wanted);
    }
    List<Postgres> installed = installed(folders, List.of());
    return newest(installed, wanted)
        .or(() -> newest(fetched(wanted), wanted))
        .orElseThrow(() -> missing(wanted, installed));
  }

  private static Path folder(String text) {
    return Path.of(text).toAbsolutePath().normalize();
  }

  private Postgres configuredPostgres(Path folder, OptionalInt wanted) {
    String property = Setting.POSTGRES_BIN.property();
    Postgres found =
        look(folder, List.of())
            .orElseThrow(
                () ->
                    new ProvisioningException(
                        "%s is %s, but %s cannot be run there by the user that servers run as"
                            .formatted(property, folder, NEEDED)));
    if (found.major() < Topology.OLDEST_MAJOR) {
      throw new ProvisioningException(
          "%s is %s, which has %s: PostgreSQL %d is the oldest that can be drilled"
              .formatted(property, folder, found.version(), Topology.OLDEST_MAJOR));
    }
    if (wanted.isPresent() && wanted.getAsInt() != found.major()) {
      throw new ProvisioningException(
          "PostgreSQL %d is asked for, but %s is %s, which has %s: correct one of them"
              .formatted(wanted.getAsInt(), property, folder, found.version()));
    }
    return found;
  }

  private List<Postgres> installed(List<Path> where, List<Path> libraries) {
    return where.stream().flatMap(folder -> look(folder, libraries).stream()).toList();
  }

  private static Optional<Postgres> newest(List<Postgres> found, OptionalInt wanted) {
    return found.stream()
        .filter(one -> wanted.isEmpty() || one.major() == wanted.getAsInt())
        .filter(one -> one.major() >= Topology.OLDEST_MAJOR)
        .max(Comparator.comparingInt(Postgres::major));
  }

  private List<Postgres> fetched(OptionalInt wanted) {
    return packages
        .postgres(wanted)
        .map(tree -> installed(tree.postgresFolders(), tree.libraries()))
        .orElse(List.of());
  }

  private ProvisioningException missing(OptionalInt wanted, List<Postgres> installed) {
    String which = wanted.isPresent() ? "PostgreSQL " + wanted.getAsInt() : "PostgreSQL";
    String found =
        installed.isEmpty()
            ? "none is installed"
            : "installed: "
                + String.join(
                    ", ", installed.stream().map(p -> p.version() + " in " + p.bin()).toList());
    String name = "postgresql" + (wanted.isPresent() ? "-" + wanted.getAsInt() : "");
    return new ProvisioningException(
        "%s cannot be had: %s; %s. %s, or name its folder with -D%s=DIR"
            .formatted(
                which,
                found,
                packages.whyNot(),
                Remedy.install(name),
                Setting.POSTGRES_BIN.property()));
  }

  private Optional<Postgres> look(Path folder, List<Path> libraries) {
    if (!NEEDED.stream().allMatch(name -> Files.isExecutable(folder.resolve(name)))) {
      return Optional.empty();
    }
    return version(folder.resolve("postgres"), libraries)
        .map(v -> new Postgres(folder, Integer.parseInt(v.group(1)), v.group(), libraries));
  }

  private PgBouncer pgbouncer() {
    Optional<Path> configured = Setting.PGBOUNCER_BIN.find().map(BinaryFinder::folder);
    if (configured.isPresent()) {
      return lookForPgbouncer(configured.get(), List.of())
          .orElseThrow(
              () ->
                  new ProvisioningException(
                      "%s is %s, but pgbouncer cannot be run there by the user that servers run as"
                          .formatted(Setting.PGBOUNCER_BIN.property(), configured.get())));
    }
    return folders.stream()
        .flatMap(folder -> lookForPgbouncer(folder, List.of()).stream())
        .findFirst()
        .or(
            () ->
                packages
                    .pgbouncer()
                    .flatMap(tree -> lookForPgbouncer(tree.resolve("usr/sbin"), tree.libraries())))
        .orElseThrow(
            () ->
                new ProvisioningException(
                    "PgBouncer cannot be had: it is not installed; %s. %s, or name its folder with"
                            .formatted(packages.whyNot(), Remedy.install("pgbouncer"))
                        + " -D%s=DIR, or do without: pooler = false"
                            .formatted(Setting.PGBOUNCER_BIN.property())));
  }

  private Optional<PgBouncer> lookForPgbouncer(Path folder, List<Path> libraries) {
    Path program = folder.resolve("pgbouncer");
    return Files.isExecutable(program)
        ? version(program, libraries).map(v -> new PgBouncer(program, v.group(), libraries))
        : Optional.empty();
  }

  private Optional<Matcher> version(Path program, List<Path> libraries) {
    CommandResult result =
        Command.of(program.toString(), "--version")
            .with(Binaries.environment(libraries))
            .as(user)
            .run(Duration.ofSeconds(10));
    Matcher matcher = VERSION.matcher(result.output());
    return result.exitCode() == 0 && matcher.find() ? Optional.of(matcher) : Optional.empty();
  }
}
