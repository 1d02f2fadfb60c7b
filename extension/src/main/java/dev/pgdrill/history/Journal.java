package dev.pgdrill.history;

import java.util.Map;

/** Where handles note what they do; the drill that runs decides which history that is. */
@FunctionalInterface
public interface Journal {

  /** Notes nothing: for a cluster outside a drill. */
  Journal NONE = (kind, node, data) -> {};

  /**
   * Notes an event now.
   *
   * @param node the node it is about, or null
   */
  void note(Kind kind, String node, Map<String, Object> data);
}
