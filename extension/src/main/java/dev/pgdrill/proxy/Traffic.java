package dev.pgdrill.proxy;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Byte counts of one proxy at one pair of addresses, as /metrics shows them. */
final class Traffic {
  private final Map<Direction, LongAdder> received = counters();
  private final Map<Direction, LongAdder> sent = counters();

  private static Map<Direction, LongAdder> counters() {
    Map<Direction, LongAdder> fresh = new EnumMap<>(Direction.class);
    for (Direction direction : Direction.values()) {
      fresh.put(direction, new LongAdder());
    }
    return fresh;
  }

  /** Bytes read from the sender of a direction. */
  LongAdder received(Direction direction) {
    return received.get(direction);
  }

  /** Bytes handed to the receiver's socket. */
  LongAdder sent(Direction direction) {
    return sent.get(direction);
  }
}
