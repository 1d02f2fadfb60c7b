package dev.pgdrill.plan;

import java.util.Locale;
import java.util.Optional;

/**
 * One property that steers pgdrill: {@code -Dpgdrill.<key>} first, then the environment ({@code
 * pgdrill.postgres.version} is {@code PGDRILL_POSTGRES_VERSION}, {@code pgdrill.runDir} is {@code
 * PGDRILL_RUN_DIR}), then the default that the reader of the setting names.
 */
public enum Setting {
  /** {@code auto}, {@code local} or {@code containers}; default {@code auto}. */
  BACKEND("backend"),
  /** PostgreSQL major version, such as {@code 15}; default the newest that can be had. */
  POSTGRES_VERSION("postgres.version"),
  /** Directory with {@code initdb}, {@code postgres} and the client programs; no other is tried. */
  POSTGRES_BIN("postgres.bin"),
  /** Directory with {@code pgbouncer}; no other is tried. */
  PGBOUNCER_BIN("pgbouncer.bin"),
  /** Where fetched packages are kept; default {@code ~/.cache/pgdrill}, for root /var/cache. */
  CACHE("cache"),
  /** Where this run writes; default {@code target/pgdrill/runs/<time>-<pid>}. */
  RUN_DIR("runDir"),
  /** Multiplies every deadline, for slow machines; 0.1 to 100, default 1. */
  TIMEOUT_FACTOR("timeoutFactor"),
  /** {@code quick}, {@code default}, {@code full} or {@code soak}: that tier and those below it. */
  TIER("tier"),
  /** {@code enforce} (default): a broken promise fails; {@code report}: it is only recorded. */
  GATE("gate");

  private static final String PREFIX = "pgdrill.";

  private final String property;

  Setting(String key) {
    this.property = PREFIX + key;
  }

  /** The name of the system property, such as {@code pgdrill.postgres.version}. */
  public String property() {
    return property;
  }

  /** The name of the environment variable, such as {@code PGDRILL_POSTGRES_VERSION}. */
  public String environment() {
    return property
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .replace('.', '_')
        .toUpperCase(Locale.ROOT);
  }

  /** The value that is set, without surrounding blanks; a blank value counts as not set. */
  public Optional<String> find() {
    return set(System.getProperty(property)).or(() -> set(System.getenv(environment())));
  }

  private static Optional<String> set(String value) {
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }

  /**
   * The value as one of an enum's constants, in any case.
   *
   * @throws InvalidSettingException naming the value and what is allowed
   */
  public <E extends Enum<E>> Optional<E> find(Class<E> type) {
    return find().map(value -> parse(type, value));
  }

  private <E extends Enum<E>> E parse(Class<E> type, String value) {
    var allowed = new StringBuilder();
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
      allowed.append(allowed.isEmpty() ? "" : ", ");
      allowed.append(constant.name().toLowerCase(Locale.ROOT));
    }
    throw new InvalidSettingException(this, value, "one of: " + allowed);
  }
}
