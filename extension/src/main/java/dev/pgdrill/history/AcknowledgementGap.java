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
      longest = Optional.of(longer(new Outage(last, ns, true)));
      last = ns;
    }
  }

  void stopped(long ns) {
    longest = longest(ns);
    running = false;
  }

  boolean running() {
    return running;
  }

  /** While the load runs, the gap that is open at {@code now} counts as far as it has come. */
  Optional<Outage> longest(long now) {
    return running ? Optional.of(longer(new Outage(last, now, false))) : longest;
  }

  private Outage longer(Outage gap) {
    return longest.filter(known -> known.length().compareTo(gap.length()) >= 0).orElse(gap);
  }
}
