package dev.pgdrill.history;

import dev.pgdrill.topology.Lsn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Writes one drill's history: every event to the file, and what checks ask for in memory, a few
 * bytes per operation. Safe for use by many threads.
 */
public final class Recorder implements Journal {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final HistoryFile file;
  private final String cluster;
  private final String drill;
  private final LongSupplier clock;

  private final List<Event> events = new ArrayList<>();
  private final RoaringBitmap attempted = new RoaringBitmap();
  private final RoaringBitmap acknowledged = new RoaringBitmap();
  private final RoaringBitmap failed = new RoaringBitmap();
  private final RoaringBitmap unknown = new RoaringBitmap();
  private final PagedInts xids = new PagedInts();
  private final Map<String, Long> errors = new HashMap<>();
  private final List<FinalRead> finalReads = new ArrayList<>();
  private final AcknowledgementGap gap = new AcknowledgementGap();
  private final Latencies latencies = new Latencies();
  private final OperationBlocks blocks = new OperationBlocks(this::append);
  private final Map<Integer, Lsn> commitLsns = new HashMap<>();
  private Optional<Lsn> switchPoint = Optional.empty();

  private final Map<Integer, Long> inFlight = new HashMap<>();
  private Optional<Event> unanswered = Optional.empty();

  /** By the old primary: the new one gives the same transaction ids out again. */
  private RoaringBitmap acknowledgedBefore = new RoaringBitmap();

  public Recorder(HistoryFile file, String cluster, String drill) {
    this(file, cluster, drill, System::nanoTime);
  }

  Recorder(HistoryFile file, String cluster, String drill, LongSupplier clock) {
    this.file = file;
    this.cluster = cluster;
    this.drill = drill;
    this.clock = clock;
  }

  @Override
  public synchronized void note(Kind kind, String node, Map<String, Object> data) {
    if (kind == Kind.ROLE_CHANGE) {
      acknowledgedBefore = acknowledged.clone();
    }
    Event event = append(clock.getAsLong(), node, kind, data);
    events.add(event);
    if (gap.running() && (kind == Kind.FAULT_EFFECTIVE || kind == Kind.ROLE_CHANGE)) {
      unanswered = Optional.of(event);
    }
  }

  /** The load begins: the first acknowledgement is awaited from now on. */
  public synchronized void loadStarted(Map<String, Object> shape) {
    gap.started(clock.getAsLong());
    latencies.started(clock.getAsLong());
    note(Kind.STEP, null, shape);
  }

  /** The load ends: a gap that is open now ends open. */
  public synchronized void loadStopped() {
    gap.stopped(clock.getAsLong());
    latencies.stopped(clock.getAsLong());
    blocks.flush();
    note(Kind.STEP, null, Map.of("step", "load stopped"));
  }

  /** A write with this id (0 or more) is about to be sent. */
  public synchronized void invoked(int id) {
    attempted.add(id);
    inFlight.put(id, clock.getAsLong());
  }

  /**
   * A write ended.
   *
   * @param intendedNs when the schedule wanted it to start; latency counts from here
   * @param endNs when its outcome was known; both on the monotonic clock
   */
  public synchronized void completed(int id, long intendedNs, long endNs, Outcome outcome) {
    if (outcome instanceof Outcome.Ok ok) {
      acknowledged.add(id);
      xids.set(id, ok.xid());
      gap.acknowledged(endNs);
      unanswered = unanswered.filter(event -> event.monoNs() >= endNs);
      latencies.acknowledged(endNs - intendedNs, endNs);
    } else if (outcome instanceof Outcome.Failed f) {
      failed.add(id);
      count(f.sqlState(), f.message());
      latencies.missed(endNs);
    } else if (outcome instanceof Outcome.Unknown u) {
      unknown.add(id);
      count(u.sqlState(), u.message());
      latencies.missed(endNs);
    }
    Long invoked = inFlight.remove(id);
    blocks.add(id, intendedNs, invoked == null ? intendedNs : invoked, endNs, outcome);
  }

  // Messages that differ in a number only (a pool's time-out says its milliseconds) are one error.
  private void count(String sqlState, String message) {
    errors.merge(sqlState + " " + NUMBER.matcher(message).replaceAll("N"), 1L, Long::sum);
  }

  /** What a server has after the load ended and the faults were healed. */
  public synchronized void finalRead(FinalRead read) {
    finalReads.add(read);
    note(
        Kind.READ_FINAL,
        read.node(),
        Map.of(
            "rows", read.ids().getCardinality(),
            "duplicated", read.duplicated().getCardinality()));
  }

  /**
   * Where the timeline that clients use now left the old one, and which commits the old primary's
   * WAL holds from there on.
   *
   * @param commits transaction id to commit LSN
   */
  public synchronized void divergence(Lsn point, Map<Long, Lsn> commits) {
    switchPoint = Optional.of(point);
    PeekableIntIterator ids = acknowledgedBefore.getIntIterator();
    while (ids.hasNext()) {
      int id = ids.next();
      Lsn lsn = commits.get(Integer.toUnsignedLong(xids.get(id)));
      if (lsn != null) {
        commitLsns.put(id, lsn);
      }
    }
    note(
        Kind.SAMPLE,
        null,
        Map.of(
            "name", "commits beyond the switch point",
            "switchLsn", point.toString(),
            "value", commits.size()));
  }

  /** Writes acknowledged so far. */
  public synchronized long acknowledgedCount() {
    return acknowledged.getLongCardinality();
  }

  /** What is known now. */
  public synchronized History snapshot() {
    blocks.flush();
    return new History(
        List.copyOf(events),
        attempted.clone(),
        acknowledged.clone(),
        failed.clone(),
        unknown.clone(),
        Map.copyOf(errors),
        List.copyOf(finalReads),
        gap.longest(clock.getAsLong()),
        unanswered,
        latencies.summary(),
        latencies.seconds(),
        switchPoint,
        Map.copyOf(commitLsns));
  }

  private Event append(long monoNs, String node, Kind kind, Map<String, Object> data) {
    return file.append(monoNs, cluster, node, drill, kind, data);
  }

  private void append(Kind kind, Map<String, Object> data) {
    append(clock.getAsLong(), null, kind, data);
  }
}
