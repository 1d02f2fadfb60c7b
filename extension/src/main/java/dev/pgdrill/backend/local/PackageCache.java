package dev.pgdrill.backend.local;

import dev.pgdrill.cluster.Await;
import dev.pgdrill.cluster.Progress;
import dev.pgdrill.plan.Setting;
import dev.pgdrill.report.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The distribution's packages, fetched once without root into a private folder. A folder that was
 * fetched completely is used as it is; two JVMs that want the same wait for one another.
 */
final class PackageCache {
  /** File locks exclude other JVMs only. */
  private static final ReentrantLock THIS_JVM = new ReentrantLock();

  private static final Duration FETCHED_WITHIN = Duration.ofMinutes(15);

  private final Path folder;
  private final AptPackages apt;
  private String whyNot = "no package was asked for";

  PackageCache(Path folder, AptPackages apt) {
    this.folder = folder;
    this.apt = apt;
  }

  /** Where {@code pgdrill.cache} says; servers that do not run as root must be able to enter. */
  static Path defaultFolder(RunAs user) {
    return Setting.CACHE
        .find()
        .map(text -> Path.of(text).toAbsolutePath().normalize())
        .orElseGet(
            () ->
                user.change()
                    ? Path.of("/var/cache/pgdrill")
                    : Path.of(
                            Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                                .filter(home -> !home.isBlank())
                                .orElse(System.getProperty("user.home") + "/.cache"))
                        .resolve("pgdrill"));
  }

  /**
   * PostgreSQL's packages.
   *
   * @param major empty: the newest that was fetched before, else the newest that is offered
   */
  Optional<PackageTree> postgres(OptionalInt major) {
    if (major.isPresent()) {
      return tree("postgresql-" + major.getAsInt(), () -> "postgresql-" + major.getAsInt());
    }
    return fetchedBefore("postgresql-")
        .or(() -> tree("postgresql-newest", () -> apt.newestPostgres(folder)));
  }

  Optional<PackageTree> pgbouncer() {
    return tree("pgbouncer", () -> "pgbouncer");
  }

  /** Why the last package could not be had. */
  String whyNot() {
    return whyNot;
  }

  /** Another run may be fetching the same; it is waited for, and said so. */
  private FileLock lock(FileChannel channel) throws IOException {
    FileLock free = channel.tryLock();
    if (free != null) {
      return free;
    }
    Console.say("waiting for another run that fetches packages into " + folder);
    return Await.until(
        "lock of the cache " + folder,
        FETCHED_WITHIN,
        () -> {
          FileLock lock = channel.tryLock();
          return lock == null ? Progress.pending("another run holds it") : Progress.done(lock);
        });
  }

  private Optional<PackageTree> fetchedBefore(String prefix) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(prefix))
          .filter(entry -> !entry.getFileName().toString().endsWith(".part"))
          .filter(Files::isDirectory)
          .max(Comparator.comparing(Path::getFileName))
          .map(PackageTree::new);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the cache " + folder, e);
    }
  }

  /** A package's name that may have to be looked up first. */
  @FunctionalInterface
  private interface PackageName {
    String get() throws IOException;
  }

  private Optional<PackageTree> tree(String name, PackageName packageName) {
    Path complete = folder.resolve(name);
    if (Files.isDirectory(complete)) {
      return Optional.of(new PackageTree(complete));
    }
    THIS_JVM.lock();
    try {
      Files.createDirectories(folder);
      try (var channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        if (lock.isValid() && !Files.isDirectory(complete)) {
          apt.fetch(packageName.get(), folder, complete);
        }
        return Optional.of(new PackageTree(complete));
      }
    } catch (IOException e) {
      whyNot =
          "nothing can be fetched into the cache %s (%s): permit it or name another with -D%s=DIR"
              .formatted(folder, e, Setting.CACHE.property());
    } catch (PackagesUnavailableException e) {
      whyNot = e.getMessage();
    } finally {
      THIS_JVM.unlock();
    }
    return Optional.empty();
  }
}
