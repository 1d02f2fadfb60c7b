package dev.pgdrill;

import dev.pgdrill.backend.Backend;
import dev.pgdrill.backend.ProvisioningException;
import dev.pgdrill.backend.Site;
import dev.pgdrill.cluster.Access;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.cluster.PoolerControl;
import dev.pgdrill.cluster.ServerControl;
import dev.pgdrill.topology.Credentials;
import dev.pgdrill.topology.Topology;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Clusters without a process behind them. What it starts and ends stands in {@link FakeLog}. */
public final class FakeBackend implements Backend {

  /** The server setting that makes the start fail; its value is the message. */
  static final String FAIL = "fake.fail";

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public Cluster start(Topology topology, Site site) {
    FakeLog log = new FakeLog(site.logs().getParent());
    String id = site.clusterId();
    if (topology.settings().containsKey(FAIL)) {
      log.add("failed " + id);
      throw new ProvisioningException(topology.settings().get(FAIL));
    }
    log.add("started " + id);
    Map<String, ServerControl> servers = new LinkedHashMap<>();
    for (int i = 1; i <= topology.replicas() + 1; i++) {
      servers.put("pg" + i, new FakeServer(i));
    }
    Optional<PoolerControl> pooler =
        topology.pooler() ? Optional.of(new FakePooler()) : Optional.empty();
    var access = new Access(new Credentials("admin", "a"), new Credentials("app", "b"), "app");
    return new Cluster(
        id,
        topology,
        access,
        servers,
        pooler,
        Map.of("postgres", "fake"),
        () -> log.add("stopped " + id));
  }
}
