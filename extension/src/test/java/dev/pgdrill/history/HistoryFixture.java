package dev.pgdrill.history;

import dev.pgdrill.topology.Lsn;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes literal histories, with a clock that is set by hand: milliseconds from the start of the
 * load. The transaction that writes id {@code n} has the number {@code 1000 + n}.
 */
public final class HistoryFixture {
  /** As any monotonic clock may: it begins below zero and passes it. */
  static final long ZERO_NS = -2_000_000_000L;

  private static final int FIRST_XID = 1_000;

  private final Recorder recorder;
  private long nowNs = ZERO_NS;

  private HistoryFixture(HistoryFile file) {
    recorder = new Recorder(file, "c1", "failover.fixture", () -> nowNs);
  }

  /** A load that has just begun. */
  public static HistoryFixture load() {
    HistoryFixture fixture = noLoad(HistoryFile.none());
    fixture.recorder.loadStarted(Map.of("step", "load started"));
    return fixture;
  }

  static HistoryFixture noLoad(HistoryFile file) {
    return new HistoryFixture(file);
  }

  Recorder recorder() {
    return recorder;
  }

  /** Sets the clock. */
  public HistoryFixture at(long ms) {
    nowNs = ZERO_NS + ms * 1_000_000;
    return this;
  }

  /** Writes that were to start, and were acknowledged, now. */
  public HistoryFixture acknowledged(int... ids) {
    return completed(0, id -> new Outcome.Ok(FIRST_XID + id), ids);
  }

  /** A write on the new timeline, where transaction ids are given out again. */
  public HistoryFixture acknowledgedWithXidOf(int old, int id) {
    return completed(0, any -> new Outcome.Ok(FIRST_XID + old), id);
  }

  /** A write that was to start {@code latencyMs} ago and is acknowledged now. */
  public HistoryFixture acknowledgedAfter(long latencyMs, int id) {
    return completed(latencyMs, any -> new Outcome.Ok(FIRST_XID + id), id);
  }

  public HistoryFixture failed(String sqlState, String message, int... ids) {
    return completed(0, id -> new Outcome.Failed(sqlState, message), ids);
  }

  public HistoryFixture unknown(String sqlState, String message, int... ids) {
    return completed(0, id -> new Outcome.Unknown(sqlState, message), ids);
  }

  private HistoryFixture completed(
      long latencyMs, java.util.function.IntFunction<Outcome> outcome, int... ids) {
    for (int id : ids) {
      recorder.invoked(id);
      recorder.completed(id, nowNs - latencyMs * 1_000_000, nowNs, outcome.apply(id));
    }
    return this;
  }

  /** A write that has not ended. */
  public HistoryFixture inFlight(int id) {
    recorder.invoked(id);
    return this;
  }

  /** The generator notices that it stalled for {@code ms} until now. */
  public HistoryFixture hiccup(long ms) {
    recorder.note(Kind.HICCUP, null, Map.of("ns", ms * 1_000_000));
    return this;
  }

  public HistoryFixture note(Kind kind, String node, Map<String, Object> data) {
    recorder.note(kind, node, data);
    return this;
  }

  public HistoryFixture stopped() {
    recorder.loadStopped();
    return this;
  }

  /** What the primary {@code pg2} has in the end. */
  public HistoryFixture primaryHas(int... rows) {
    return has("pg2", true, rows);
  }

  /** What the replica {@code pg3} has in the end. */
  public HistoryFixture replicaHas(int... rows) {
    return has("pg3", false, rows);
  }

  private HistoryFixture has(String node, boolean primary, int... rows) {
    var collector = new FinalRead.Collector();
    IntStream.of(rows).forEach(collector::add);
    recorder.finalRead(collector.from(node, primary));
    return this;
  }

  /** Another node is the primary from now on. */
  public HistoryFixture promoted() {
    return note(Kind.ROLE_CHANGE, "pg2", Map.of("role", "primary"));
  }

  /**
   * The new timeline left the old one there, now unless {@link #promoted} came before; the old WAL
   * has commits of {@code ids} at {@code at}.
   */
  public HistoryFixture switched(String point, String at, int... ids) {
    if (recorder.snapshot().events(Kind.ROLE_CHANGE).isEmpty()) {
      promoted();
    }
    var commits = new java.util.HashMap<Long, Lsn>();
    IntStream.of(ids).forEach(id -> commits.put((long) FIRST_XID + id, Lsn.parse(at)));
    recorder.divergence(Lsn.parse(point), commits);
    return this;
  }

  /** What is known now. */
  public History history() {
    return recorder.snapshot();
  }
}
