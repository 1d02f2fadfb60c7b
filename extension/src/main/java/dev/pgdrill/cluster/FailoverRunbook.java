package dev.pgdrill.cluster;

import dev.pgdrill.history.Journal;
import dev.pgdrill.history.Kind;
import dev.pgdrill.topology.Endpoint;
import dev.pgdrill.topology.Lsn;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The steps of an unplanned failover, each noted with its duration. */
final class FailoverRunbook {
  private static final Duration FOLLOWING_WITHIN = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final Node lost;
  private final Journal journal;

  FailoverRunbook(Cluster cluster, Node lost, Journal journal) {
    this.cluster = cluster;
    this.lost = lost;
    this.journal = journal;
  }

  Failover run() {
    step("fence " + lost, () -> lost.fence("a failover replaced it"));
    Node chosen = step("choose the most advanced replica", this::mostAdvanced);
    step(
        "promote " + chosen,
        () -> {
          // Before promotion: a commit must never wait for standbys that the old primary had.
          Cluster.synchronousStandbys(chosen, "");
          chosen.promote();
        });
    Failover failover = step("read the timeline history", () -> history(chosen));
    journal.note(
        Kind.ROLE_CHANGE,
        chosen.name(),
        Map.of(
            "role", "primary",
            "from", lost.name(),
            "timeline", failover.newTimeline(),
            "switchLsn", failover.switchPoint().toString()));
    cluster
        .poolerIfAny()
        .ifPresent(pooler -> step("re-point " + pooler, () -> pooler.repoint(chosen)));
    for (Node replica : cluster.others(lost, chosen)) {
      if (replica.isRunning()) {
        step(replica + " follows " + chosen, () -> follow(replica, chosen));
      }
    }
    return failover;
  }

  private Node mostAdvanced() {
    List<Node> candidates = cluster.others(lost).stream().filter(Node::isRunning).toList();
    return candidates.stream()
        .max(Comparator.comparing(Node::receivedPosition))
        .orElseThrow(() -> new IllegalStateException("no running replica can replace " + lost));
  }

  private Failover history(Node primary) {
    int timeline =
        Integer.parseInt(
            primary.query("select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"), 16);
    String file = "pg_wal/%08X.history".formatted(timeline);
    String text = primary.query("select pg_read_file(%s)".formatted(Sql.literal(file)));
    String[] last =
        text.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElseThrow().split("\t");
    return new Failover(
        lost, primary, Integer.parseInt(last[0].strip()), timeline, Lsn.parse(last[1]));
  }

  private static void follow(Node replica, Node primary) {
    Endpoint address = replica.control().peer(primary.name());
    primary.run(ReplicationSlot.create(replica.name()));
    replica.run(
        "alter system set primary_conninfo = "
            + Sql.literal(
                replica
                    .query("show primary_conninfo")
                    .replaceAll("host=\\S+", "host=" + address.host())
                    .replaceAll("port=\\S+", "port=" + address.port())),
        "select pg_reload_conf()");
    Streaming.await(primary, replica, false, FOLLOWING_WITHIN);
  }

  private void step(String what, Runnable action) {
    step(
        what,
        () -> {
          action.run();
          return true;
        });
  }

  private <T> T step(String what, Supplier<T> action) {
    long start = System.nanoTime();
    T result = action.get();
    long millis = (System.nanoTime() - start) / 1_000_000;
    journal.note(Kind.STEP, null, Map.of("step", what, "ms", millis));
    return result;
  }
}
