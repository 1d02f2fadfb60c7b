package dev.pgdrill.cluster;

import dev.pgdrill.history.Journal;
import dev.pgdrill.topology.Endpoint;
import dev.pgdrill.topology.Lsn;
import dev.pgdrill.topology.Replication;
import dev.pgdrill.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * A running cluster. Nodes keep their names for life; {@link #primary} and {@link #replica} resolve
 * roles at the moment of the call.
 */
public final class Cluster implements AutoCloseable {
  private static final Duration STREAMING_WITHIN = Duration.ofSeconds(30);

  private final String id;
  private final Topology topology;
  private final Access access;
  private final Map<String, Node> nodes;
  private final Optional<Pooler> pooler;
  private final Map<String, String> components;
  private final Runnable release;
  private final AtomicReference<Journal> journal = new AtomicReference<>(Journal.NONE);
  private volatile Node lastPrimary;

  /**
   * Handles to what a backend has started.
   *
   * @param id unique within the run, such as {@code c1}
   * @param servers controls by node name, the primary first
   * @param components what it is made of, such as {@code postgres} to {@code 15.18}
   * @param release stops everything and removes its data
   */
  public Cluster(
      String id,
      Topology topology,
      Access access,
      Map<String, ServerControl> servers,
      Optional<PoolerControl> pooler,
      Map<String, String> components,
      Runnable release) {
    this.id = id;
    this.topology = topology;
    this.access = access;
    this.components = Map.copyOf(components);
    this.release = release;
    Journal current = (kind, node, data) -> journal.get().note(kind, node, data);
    this.nodes = new LinkedHashMap<>();
    servers.forEach((name, control) -> nodes.put(name, new Node(name, control, access, current)));
    this.pooler = pooler.map(control -> new Pooler("pgb1", control, access));
    this.lastPrimary = nodes.values().iterator().next();
  }

  public String id() {
    return id;
  }

  public Topology topology() {
    return topology;
  }

  /** What it is made of, such as {@code postgres} to {@code 15.18}. */
  public Map<String, String> components() {
    return components;
  }

  public Access access() {
    return access;
  }

  /** All servers in the order of their names, whatever their state. */
  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /**
   * The server of that name.
   *
   * @throws IllegalArgumentException naming those that exist
   */
  public Node node(String name) {
    return Optional.ofNullable(nodes.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no node \"%s\", there are %s".formatted(name, nodes.keySet())));
  }

  /**
   * The one server that accepts writes now.
   *
   * @throws IllegalStateException if there is none, or more than one
   */
  public Node primary() {
    List<Node> primaries = nodes().stream().filter(Node::isPrimary).toList();
    if (primaries.size() != 1) {
      throw new IllegalStateException(
          "expected one primary in cluster %s, found %s".formatted(id, primaries));
    }
    lastPrimary = primaries.get(0);
    return lastPrimary;
  }

  /** Running servers that are in recovery, in the order of their names. */
  public List<Node> replicas() {
    return nodes().stream().filter(Node::isRunning).filter(node -> !node.isPrimary()).toList();
  }

  /**
   * The replica at that position, from 0.
   *
   * @throws IllegalStateException if fewer are running
   */
  public Node replica(int index) {
    List<Node> replicas = replicas();
    if (index >= replicas.size()) {
      throw new IllegalStateException(
          "no replica %d in cluster %s, running are %s".formatted(index, id, replicas));
    }
    return replicas.get(index);
  }

  /**
   * PgBouncer.
   *
   * @throws IllegalStateException if the topology has none
   */
  public Pooler pooler() {
    return pooler.orElseThrow(
        () -> new IllegalStateException("the topology has no pooler: set pooler = true"));
  }

  /** Where an application connects: the pooler if there is one, else the primary. */
  public Endpoint entry() {
    return pooler.map(Pooler::endpoint).orElseGet(() -> lastPrimary.endpoint());
  }

  /**
   * Makes commits on the primary wait for one of the replicas, or not, and waits until that is in
   * force.
   *
   * @throws IllegalStateException if commits would have nobody to wait for
   */
  public void replicate(Replication mode) {
    Node primary = primary();
    List<Node> replicas = replicas();
    if (mode == Replication.SYNC && replicas.isEmpty()) {
      throw new IllegalStateException("synchronous replication needs a running replica");
    }
    String names =
        mode == Replication.ASYNC
            ? ""
            : replicas.stream().map(Node::name).collect(Collectors.joining(", ", "ANY 1 (", ")"));
    synchronousStandbys(primary, names);
    replicas.forEach(
        replica -> Streaming.await(primary, replica, mode == Replication.SYNC, STREAMING_WITHIN));
  }

  /** Waits until every running replica streams and has replayed what the primary has by now. */
  public void awaitStreaming() {
    Node primary = primary();
    Lsn written = primary.walPosition();
    for (Node replica : replicas()) {
      Streaming.await(primary, replica, false, STREAMING_WITHIN);
      replica.awaitReplayed(written);
    }
  }

  /**
   * The primary is lost: fences it, promotes the most advanced replica, lets the others follow and
   * sends the pooler's clients there.
   *
   * @throws IllegalStateException if no replica is running
   */
  public Failover failOver() {
    Failover failover = new FailoverRunbook(this, lastPrimary, journal.get()).run();
    lastPrimary = failover.to();
    return failover;
  }

  static void synchronousStandbys(Node node, String names) {
    node.run(
        "alter system set synchronous_standby_names = " + Sql.literal(names),
        "select pg_reload_conf()");
    Await.until(
        "%s with synchronous_standby_names '%s'".formatted(node, names),
        STREAMING_WITHIN,
        () -> {
          String shown = node.query("show synchronous_standby_names");
          return Progress.when(shown.equals(names), "it is '" + shown + "'");
        });
  }

  Optional<Pooler> poolerIfAny() {
    return pooler;
  }

  /** From now on what is done to the cluster is noted there; for the extension. */
  public void recordTo(Journal target) {
    journal.set(target);
  }

  /** Stops everything and removes its data; does nothing the second time. */
  @Override
  public void close() {
    release.run();
  }

  List<Node> others(Node... excluded) {
    var rest = new ArrayList<>(nodes());
    rest.removeAll(List.of(excluded));
    return rest;
  }
}
