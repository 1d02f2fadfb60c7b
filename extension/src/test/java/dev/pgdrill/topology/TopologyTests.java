package dev.pgdrill.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTests {
  private final Topology alone = Topology.primaryOnly();

  @Test
  void eachStepChangesOneThingAndKeepsTheOthers() {
    Topology topology =
        alone
            .withPostgresMajor(16)
            .withReplicas(2)
            .withPooler()
            .withSettings(Map.of("work_mem", "4MB"))
            .withPoolerSettings(Map.of("pool_mode", "session"));

    assertThat(topology)
        .isEqualTo(
            new Topology(
                Optional.of(16),
                2,
                true,
                Map.of("work_mem", "4MB"),
                Map.of("pool_mode", "session")));
    assertThat(alone).isEqualTo(new Topology(Optional.empty(), 0, false, Map.of(), Map.of()));
  }

  @Test
  void settingsAreItsOwnAndInTheOrderOfTheirNames() {
    var given = new HashMap<>(Map.of("work_mem", "4MB", "max_connections", "50"));
    Topology topology = alone.withSettings(given);

    given.put("wal_level", "minimal");

    assertThat(topology.settings().keySet()).containsExactly("max_connections", "work_mem");
    assertThatThrownBy(() -> topology.settings().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 9, Integer.MIN_VALUE})
  void impossibleNumberOfReplicasIsRefused(int replicas) {
    assertThatThrownBy(() -> alone.withReplicas(replicas))
        .isInstanceOf(InvalidTopologyException.class)
        .hasMessage("replicas is %d, expected 0 to 8", replicas);
  }

  @Test
  void asManyReplicasAsAllowedAreAccepted() {
    assertThat(alone.withReplicas(8).replicas()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {-15, 0, 13, 100, 150})
  void unsupportedVersionIsRefused(int major) {
    assertThatThrownBy(() -> alone.withPostgresMajor(major))
        .isInstanceOf(InvalidTopologyException.class)
        .hasMessage(
            "PostgreSQL version is %d, expected a major version from 14 on, such as 15", major);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Work_Mem", "1st", "work mem", "work_mem = 1\nfsync", "a;b"})
  void whatIsNoNameOfASettingIsRefused(String name) {
    assertThatThrownBy(() -> alone.withSettings(Map.of(name, "1")))
        .isInstanceOf(InvalidTopologyException.class)
        .hasMessage(
            "settings has \"%s\", expected a setting's name, such as max_connections", name);
  }

  @Test
  void extensionsSettingsHaveADotInTheirNames() {
    assertThat(alone.withSettings(Map.of("auto_explain.log_min_duration", "1s")).settings())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"port", "listen_addresses", "primary_conninfo", "logging_collector", "cluster_name"})
  void whatTheBackendDecidesIsRefused(String name) {
    assertThatThrownBy(() -> alone.withPooler().withPoolerSettings(Map.of(name, "1")))
        .isInstanceOf(InvalidTopologyException.class)
        .hasMessage("poolerSettings has \"%s\", which the backend sets itself: leave it out", name);
  }

  @Test
  void valueThatWouldAddLinesToAFileIsRefused() {
    assertThatThrownBy(() -> alone.withSettings(Map.of("work_mem", "4MB\nfsync = off")))
        .isInstanceOf(InvalidTopologyException.class)
        .hasMessageContaining("\"work_mem\" has a line break");
  }

  @Test
  void poolerSettingsWithoutAPoolerAreRefused() {
    assertThatThrownBy(() -> alone.withPoolerSettings(Map.of("pool_mode", "session")))
        .isInstanceOf(InvalidTopologyException.class)
        .hasMessage(
            "poolerSettings names [pool_mode], but the topology has no pooler: set pooler = true");
  }

  @Test
  void credentialsNeverShowThePassword() {
    assertThat(new Credentials("app", "s3cret")).hasToString("app:***");
  }

  @Test
  void replicationReadsAsInDrillIds() {
    assertThat(Replication.ASYNC).hasToString("async");
    assertThat(Replication.SYNC).hasToString("sync");
  }

  @Test
  void endpointReadsAsInAnUrl() {
    assertThat(new Endpoint("127.0.0.1", 5432)).hasToString("127.0.0.1:5432");
  }
}
