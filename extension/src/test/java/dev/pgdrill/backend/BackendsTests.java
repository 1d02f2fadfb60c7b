package dev.pgdrill.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.plan.InvalidSettingException;
import dev.pgdrill.plan.Setting;
import dev.pgdrill.plan.SettingOverrides;
import dev.pgdrill.topology.Topology;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BackendsTests {
  @RegisterExtension final SettingOverrides settings = new SettingOverrides();

  private final Backend containers = new StubBackend("containers", Optional.empty());
  private final Backend local = new StubBackend("local", Optional.empty());
  private final Backend noEngine = new StubBackend("containers", Optional.of("no engine answers"));
  private final Backend noLinux = new StubBackend("local", Optional.of("not Linux"));

  @Test
  void autoTakesContainersWhereTheyCanBeUsed() {
    assertThat(Backends.select("auto", found(local, containers))).isSameAs(containers);
  }

  @Test
  void autoTakesLocalWhereContainersCannotBeUsedOrAreNotThere() {
    assertThat(Backends.select("auto", found(local, noEngine))).isSameAs(local);
    assertThat(Backends.select("auto", found(local))).isSameAs(local);
  }

  @Test
  void autoNeverTakesABackendThatItDoesNotKnow() {
    var other = new StubBackend("fake", Optional.empty());

    assertThat(Backends.select("auto", found(other, local))).isSameAs(local);
  }

  @Test
  void whenNoneCanBeUsedEachSaysWhy() {
    assertThatThrownBy(() -> Backends.select("auto", found(noLinux, noEngine)))
        .isInstanceOf(ProvisioningException.class)
        .hasMessage("no backend can be used here: containers: no engine answers; local: not Linux");
  }

  @Test
  void namedBackendIsTakenAndNoOther() {
    assertThat(Backends.select("local", found(local, containers))).isSameAs(local);
    assertThat(Backends.select("containers", found(local, noEngine))).isSameAs(noEngine);
  }

  @Test
  void unknownNameIsNamedTogetherWithThoseThatAreKnown() {
    assertThatThrownBy(() -> Backends.select("docker", found(local, containers)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "pgdrill.backend (or PGDRILL_BACKEND) is \"docker\", expected auto or one of:"
                + " containers, local");
  }

  @Test
  void backendsAreFoundAndTheSettingChoosesAmongThem() {
    settings.set(Setting.BACKEND, "local");

    assertThat(Backends.select().name()).isEqualTo("local");
  }

  private static Map<String, Backend> found(Backend... backends) {
    var found = new TreeMap<String, Backend>();
    for (Backend backend : backends) {
      found.put(backend.name(), backend);
    }
    return found;
  }

  private record StubBackend(String name, Optional<String> unavailable) implements Backend {
    @Override
    public Cluster start(Topology topology, Site site) {
      throw new UnsupportedOperationException();
    }
  }
}
