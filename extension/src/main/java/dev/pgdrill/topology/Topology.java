package dev.pgdrill.topology;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What should exist: one primary named {@code pg1}, replicas {@code pg2}, {@code pg3}, ... and, if
 * wanted, a PgBouncer named {@code pgb1} in front of the primary.
 *
 * @param postgresMajor major version; empty: the newest that the machine can have
 * @param replicas streaming replicas, 0 to {@value #MAX_REPLICAS}
 * @param pooler whether clients go through PgBouncer
 * @param settings server settings for every node, on top of the backend's own
 * @param poolerSettings settings of PgBouncer's {@code [pgbouncer]} section, on top of the shipped
 *     file
 */
public record Topology(
    Optional<Integer> postgresMajor,
    int replicas,
    boolean pooler,
    Map<String, String> settings,
    Map<String, String> poolerSettings) {

  /** More standbys than this cannot be meant: every one is a whole server. */
  public static final int MAX_REPLICAS = 8;

  /** The oldest major that the PostgreSQL project still maintains, and so do we. */
  public static final int OLDEST_MAJOR = 14;

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_.]*");

  /** What the backend decides; a drill that set it would break what holds the cluster together. */
  private static final Set<String> RESERVED =
      Set.of(
          "port",
          "listen_addresses",
          "unix_socket_directories",
          "data_directory",
          "hba_file",
          "primary_conninfo",
          "primary_slot_name",
          "logging_collector",
          "log_destination",
          "cluster_name",
          "hot_standby");

  /**
   * @throws InvalidTopologyException naming the value and what is allowed
   */
  public Topology {
    postgresMajor.ifPresent(Topology::requireSupported);
    if (replicas < 0 || replicas > MAX_REPLICAS) {
      throw new InvalidTopologyException(
          "replicas is %d, expected 0 to %d".formatted(replicas, MAX_REPLICAS));
    }
    settings = checked("settings", settings);
    poolerSettings = checked("poolerSettings", poolerSettings);
    if (!pooler && !poolerSettings.isEmpty()) {
      throw new InvalidTopologyException(
          "poolerSettings names %s, but the topology has no pooler: set pooler = true"
              .formatted(poolerSettings.keySet()));
    }
  }

  /** A primary alone, of the newest version that can be had. */
  public static Topology primaryOnly() {
    return new Topology(Optional.empty(), 0, false, Map.of(), Map.of());
  }

  public Topology withPostgresMajor(int major) {
    return new Topology(Optional.of(major), replicas, pooler, settings, poolerSettings);
  }

  public Topology withReplicas(int count) {
    return new Topology(postgresMajor, count, pooler, settings, poolerSettings);
  }

  public Topology withPooler() {
    return new Topology(postgresMajor, replicas, true, settings, poolerSettings);
  }

  public Topology withSettings(Map<String, String> server) {
    return new Topology(postgresMajor, replicas, pooler, server, poolerSettings);
  }

  public Topology withPoolerSettings(Map<String, String> more) {
    return new Topology(postgresMajor, replicas, pooler, settings, more);
  }

  private static void requireSupported(int major) {
    if (major < OLDEST_MAJOR || major > 99) {
      throw new InvalidTopologyException(
          "PostgreSQL version is %d, expected a major version from %d on, such as 15"
              .formatted(major, OLDEST_MAJOR));
    }
  }

  private static Map<String, String> checked(String where, Map<String, String> given) {
    given.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches()) {
            throw new InvalidTopologyException(
                "%s has \"%s\", expected a setting's name, such as max_connections"
                    .formatted(where, name));
          }
          if (RESERVED.contains(name)) {
            throw new InvalidTopologyException(
                "%s has \"%s\", which the backend sets itself: leave it out"
                    .formatted(where, name));
          }
          if (value.chars().anyMatch(c -> c < ' ')) {
            throw new InvalidTopologyException(
                "%s: the value of \"%s\" has a line break or another control character"
                    .formatted(where, name));
          }
        });
    return Collections.unmodifiableMap(new TreeMap<>(given));
  }
}
