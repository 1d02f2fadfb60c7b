package dev.pgdrill;

import dev.pgdrill.topology.InvalidTopologyException;
import dev.pgdrill.topology.Topology;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The cluster that a test class asks for. */
record Wanted(Topology topology, Lifetime lifetime) {

  static Wanted by(PgDrill annotation) {
    return new Wanted(
        new Topology(
            annotation.version() == 0 ? Optional.empty() : Optional.of(annotation.version()),
            annotation.replicas(),
            annotation.pooler(),
            pairs("settings", "max_connections = 50", annotation.settings()),
            pairs("poolerSettings", "default_pool_size = 5", annotation.poolerSettings())),
        annotation.lifetime());
  }

  private static Map<String, String> pairs(String where, String example, String... entries) {
    var pairs = new LinkedHashMap<String, String>();
    for (String entry : entries) {
      String[] pair = entry.split("=", 2);
      if (pair.length != 2) {
        throw new InvalidTopologyException(
            "%s has \"%s\", expected \"name = value\", such as \"%s\""
                .formatted(where, entry, example));
      }
      if (pairs.put(pair[0].strip(), pair[1].strip()) != null) {
        throw new InvalidTopologyException("%s has \"%s\" twice".formatted(where, pair[0].strip()));
      }
    }
    return pairs;
  }
}
