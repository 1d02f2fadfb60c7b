package dev.pgdrill.backend;

import dev.pgdrill.cluster.Node;
import dev.pgdrill.topology.Topology;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The settings that every server of a cluster starts with, and the proof that they are in force.
 */
public final class ServerSettings {
  /** What makes an acknowledged commit durable. Nobody may turn it off without being seen. */
  private static final List<String> DURABILITY =
      List.of("fsync", "full_page_writes", "synchronous_commit");

  private static final String REJECTED =
      "select string_agg(name || ' = ' || setting || ': ' || error, '; ')"
          + " from pg_file_settings where error is not null";

  private ServerSettings() {}

  /**
   * Settings for replication, logs that can be judged, and a possible rewind; then the topology's.
   */
  public static Map<String, String> of(Topology topology) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("wal_level", "replica");
    settings.put("hot_standby", "on");
    settings.put("wal_keep_size", "256MB");
    settings.put("wal_log_hints", "on");
    settings.put("lc_messages", "C");
    settings.put("log_line_prefix", "%m [%p] %b %e %q%u@%d ");
    settings.putAll(topology.settings());
    return settings;
  }

  /**
   * Reads the settings back.
   *
   * @throws ProvisioningException if one could not be applied, or durability is not what the
   *     topology says (default: on)
   */
  public static void verify(Node node, Topology topology) {
    try (var sql = node.admin()) {
      String rejected = sql.text(REJECTED);
      if (rejected != null) {
        throw new ProvisioningException(
            "%s did not apply its settings: %s".formatted(node, rejected));
      }
      for (String name : DURABILITY) {
        String shown = sql.text("show " + name);
        String expected = normal(topology.settings().getOrDefault(name, "on"));
        if (!shown.equals(expected)) {
          throw new ProvisioningException(
              "%s has %s = %s, expected %s: what it acknowledges would not mean what it says"
                  .formatted(node, name, shown, expected));
        }
      }
    } catch (SQLException e) {
      throw new ProvisioningException(
          "cannot read the settings of %s back: %s".formatted(node, e.getMessage()), e);
    }
  }

  /** As SHOW prints it. */
  private static String normal(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on", "true", "yes", "1" -> "on";
      case "off", "false", "no", "0" -> "off";
      default -> value.toLowerCase(Locale.ROOT);
    };
  }
}
