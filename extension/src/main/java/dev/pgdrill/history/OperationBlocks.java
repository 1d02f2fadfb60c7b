package dev.pgdrill.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Operations on their way to the file, many to a line: {@code ids}, {@code intendedNs}, {@code
 * invokedNs}, {@code endNs} and, by kind, {@code xids} or {@code sqlStates} are arrays of equal
 * length.
 */
final class OperationBlocks {
  private static final int BLOCK = 1_000;
  private static final long LONGEST_NS = 1_000_000_000;

  private final BiConsumer<Kind, Map<String, Object>> sink;
  private final Map<Kind, Block> open = new LinkedHashMap<>();

  OperationBlocks(BiConsumer<Kind, Map<String, Object>> sink) {
    this.sink = sink;
  }

  void add(int id, long intendedNs, long invokedNs, long endNs, Outcome outcome) {
    Kind kind;
    Object detail;
    String message = "";
    if (outcome instanceof Outcome.Ok ok) {
      kind = Kind.OP_OK;
      detail = Integer.toUnsignedLong(ok.xid());
    } else if (outcome instanceof Outcome.Failed failed) {
      kind = Kind.OP_FAILED;
      detail = failed.sqlState();
      message = failed.message();
    } else {
      var unknown = (Outcome.Unknown) outcome;
      kind = Kind.OP_UNKNOWN;
      detail = unknown.sqlState();
      message = unknown.message();
    }
    Block block = open.computeIfAbsent(kind, k -> new Block(endNs));
    block.add(id, intendedNs, invokedNs, endNs, detail, message);
    if (block.ids.size() >= BLOCK) {
      write(kind, open.remove(kind));
    }
    writeOlderThan(endNs - LONGEST_NS);
  }

  /** Of every kind: the rare unknown ones must not wait for the next of their kind. */
  private void writeOlderThan(long ns) {
    open.entrySet()
        .removeIf(
            entry -> {
              boolean old = entry.getValue().openedNs < ns;
              if (old) {
                write(entry.getKey(), entry.getValue());
              }
              return old;
            });
  }

  void flush() {
    open.forEach(this::write);
    open.clear();
  }

  private void write(Kind kind, Block block) {
    var data = new LinkedHashMap<String, Object>();
    data.put("ids", block.ids);
    data.put("intendedNs", block.intendedNs);
    data.put("invokedNs", block.invokedNs);
    data.put("endNs", block.endNs);
    data.put(kind == Kind.OP_OK ? "xids" : "sqlStates", block.details);
    if (!block.messages.isEmpty()) {
      data.put("messages", block.messages);
    }
    sink.accept(kind, data);
  }

  private static final class Block {
    final long openedNs;
    final List<Integer> ids = new ArrayList<>();
    final List<Long> intendedNs = new ArrayList<>();
    final List<Long> invokedNs = new ArrayList<>();
    final List<Long> endNs = new ArrayList<>();
    final List<Object> details = new ArrayList<>();

    /** One message for each SQLSTATE of the block: a thousand failures say the same. */
    final Map<Object, String> messages = new LinkedHashMap<>();

    Block(long openedNs) {
      this.openedNs = openedNs;
    }

    void add(int id, long intended, long invoked, long end, Object detail, String message) {
      ids.add(id);
      intendedNs.add(intended);
      invokedNs.add(invoked);
      endNs.add(end);
      details.add(detail);
      if (!message.isEmpty()) {
        messages.putIfAbsent(detail, message);
      }
    }
  }
}
