package dev.pgdrill.backend;

import dev.pgdrill.topology.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The text of a pgbouncer.ini: the shipped limits, what the topology says, what the backend sets.
 */
public final class PoolerIni {
  private static final String SHIPPED = "/dev/pgdrill/fixtures/pgbouncer.ini";

  private PoolerIni() {}

  /**
   * The whole file.
   *
   * @param database served under this name
   * @param server where it is sent
   * @param topology settings on top of the shipped ones
   * @param backend settings that nothing overrides: addresses, users, files
   */
  public static String render(
      String database, Endpoint server, Map<String, String> topology, Map<String, String> backend) {
    var settings = new LinkedHashMap<>(shipped());
    settings.putAll(topology);
    settings.putAll(backend);
    var text = new StringBuilder("[databases]\n");
    text.append(
        "%s = host=%s port=%s dbname=%s%n"
            .formatted(database, server.host(), server.port(), database));
    text.append("\n[pgbouncer]\n");
    settings.forEach((name, value) -> text.append("%s = %s%n".formatted(name, value)));
    return text.toString();
  }

  private static Map<String, String> shipped() {
    var settings = new LinkedHashMap<String, String>();
    try (InputStream file = PoolerIni.class.getResourceAsStream(SHIPPED)) {
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith(";") && !line.startsWith("["))
          .map(line -> line.split("\\s*=\\s*", 2))
          .forEach(pair -> settings.put(pair[0], pair[1]));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the shipped pgbouncer.ini", e);
    }
    return settings;
  }
}
