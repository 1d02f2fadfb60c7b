package dev.pgdrill.backend.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The programs that a cluster is made of.
 *
 * @param postgres PostgreSQL's
 * @param pgbouncer PgBouncer, if the topology needs it
 */
record Binaries(Postgres postgres, Optional<PgBouncer> pgbouncer) {

  /**
   * One installation of PostgreSQL.
   *
   * @param bin the directory of its programs
   * @param major such as 15
   * @param version such as {@code 15.18}
   * @param libraries where its shared libraries are, when not where the system looks
   */
  record Postgres(Path bin, int major, String version, List<Path> libraries) {}

  /** One installation of PgBouncer. */
  record PgBouncer(Path program, String version, List<Path> libraries) {}

  /** For the report. */
  Map<String, String> versions() {
    var versions = new TreeMap<>(Map.of("backend", "local", "postgres", postgres.version()));
    pgbouncer.ifPresent(found -> versions.put("pgbouncer", found.version()));
    return versions;
  }

  /** A command that runs one of PostgreSQL's programs. */
  Command postgresProgram(String... line) {
    return Command.of(resolved(postgres.bin().resolve(line[0]), line))
        .with(environment(postgres.libraries()));
  }

  /** A command that runs PgBouncer. */
  Command pgbouncerProgram(String... arguments) {
    PgBouncer found = pgbouncer.orElseThrow();
    var line = new ArrayList<>(List.of("pgbouncer"));
    line.addAll(List.of(arguments));
    return Command.of(resolved(found.program(), line.toArray(String[]::new)))
        .with(environment(found.libraries()));
  }

  static Map<String, String> environment(List<Path> libraries) {
    return libraries.isEmpty()
        ? Map.of()
        : Map.of(
            "LD_LIBRARY_PATH", String.join(":", libraries.stream().map(Path::toString).toList()));
  }

  private static String[] resolved(Path program, String... line) {
    String[] full = line.clone();
    full[0] = program.toString();
    return full;
  }
}
