package dev.pgdrill.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.topology.Endpoint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class PoolerIniTests {
  private static final Endpoint SERVER = new Endpoint("127.0.0.1", 54321);

  @Test
  void clientsOfTheDatabaseAreSentToTheServer() {
    assertThat(lines(Map.of(), Map.of()))
        .startsWith("[databases]", "app = host=127.0.0.1 port=54321 dbname=app", "", "[pgbouncer]");
  }

  @Test
  void shippedLimitsAreKept() {
    assertThat(lines(Map.of(), Map.of()))
        .anyMatch(line -> line.startsWith("pool_mode = "))
        .noneMatch(line -> line.startsWith(";"))
        .containsOnlyOnce("[pgbouncer]");
  }

  @Test
  void topologyGoesBeforeWhatIsShipped() {
    assertThat(lines(Map.of("pool_mode", "session", "max_db_connections", "7"), Map.of()))
        .contains("pool_mode = session", "max_db_connections = 7")
        .filteredOn(line -> line.startsWith("pool_mode"))
        .hasSize(1);
  }

  @Test
  void backendGoesBeforeTheTopology() {
    assertThat(lines(Map.of("auth_type", "any"), Map.of("auth_type", "scram-sha-256")))
        .contains("auth_type = scram-sha-256")
        .doesNotContain("auth_type = any");
  }

  @Test
  @ResourceLock(Resources.LOCALE)
  void portHasTheDigitsThatPgBouncerReadsInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {

      List<String> lines = lines(Map.of(), Map.of());

      assertThat(lines).contains("app = host=127.0.0.1 port=54321 dbname=app");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static List<String> lines(Map<String, String> topology, Map<String, String> backend) {
    return PoolerIni.render("app", SERVER, topology, backend).lines().toList();
  }
}
