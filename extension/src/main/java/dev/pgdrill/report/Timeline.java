package dev.pgdrill.report;

import dev.pgdrill.history.Event;
import dev.pgdrill.history.History;
import dev.pgdrill.history.Kind;
import dev.pgdrill.history.Second;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A drill's course in time.
 *
 * @param seconds the load, second by second from its start
 * @param marks what happened when, relative to the start of the load
 */
public record Timeline(List<Second> seconds, List<Mark> marks) {
  private static final Set<Kind> SHOWN =
      Set.of(
          Kind.STEP,
          Kind.FAULT_REQUESTED,
          Kind.FAULT_EFFECTIVE,
          Kind.FAULT_HEALING,
          Kind.FAULT_HEALED,
          Kind.ROLE_CHANGE,
          Kind.READ_FINAL,
          Kind.HICCUP);

  /**
   * One event.
   *
   * @param atMs milliseconds from the start of the load; negative before it
   */
  public record Mark(double atMs, Kind kind, String node, Map<String, Object> data) {}

  static Timeline of(History history) {
    Optional<Event> start =
        history.events(Kind.STEP).stream()
            .filter(event -> "load started".equals(event.data().get("step")))
            .findFirst()
            .or(() -> history.events().stream().findFirst());
    long zero = start.map(Event::monoNs).orElse(0L);
    return new Timeline(
        history.seconds(),
        history.events().stream()
            .filter(event -> SHOWN.contains(event.kind()))
            .map(e -> new Mark((e.monoNs() - zero) / 1e6, e.kind(), e.node(), e.data()))
            .toList());
  }
}
