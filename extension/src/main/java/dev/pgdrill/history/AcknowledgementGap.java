package dev.pgdrill.history;

import java.util.Optional;

/** Finds the longest time without an acknowledgement, ends of the load included. */
final class AcknowledgementGap {
  private boolean running;
  private long last;
  private Optional<Outage> longest = Optional.empty();

  void started(long ns) {
    running = true;
    last = ns;
  }

  void acknowledged(long ns) {
    if (running && ns > last) {
      consider(new Outage(last, ns, true));
      last = ns;
    }
  }

  void stopped(long ns) {
    if (running) {
      consider(new Outage(last, ns, false));
      running = false;
    }
  }

  private void consider(Outage gap) {
    if (longest.isEmpty() || gap.length().compareTo(longest.get().length()) > 0) {
      longest = Optional.of(gap);
    }
  }

  Optional<Outage> longest() {
    return longest;
  }
}
