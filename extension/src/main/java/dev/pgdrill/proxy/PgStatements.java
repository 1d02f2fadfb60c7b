package dev.pgdrill.proxy;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Texts of the prepared statements and portals of one connection; bounded, oldest go first. */
final class PgStatements {
  /** Bytes of a query's text that can be matched. */
  static final int TEXT_LIMIT = 16 << 10;

  /** Characters of text kept for one connection. */
  private static final int TOTAL_LIMIT = 2 << 20;

  private static final int PORTAL_LIMIT = 1000;

  private final Map<String, String> statements = new LinkedHashMap<>();
  private final Map<String, String> portals = new HashMap<>();
  private long total;

  void parsed(String name, String text) {
    closeStatement(name);
    statements.put(name, text);
    total += text.length();
    Iterator<Map.Entry<String, String>> oldest = statements.entrySet().iterator();
    while (total > TOTAL_LIMIT && statements.size() > 1) {
      total -= oldest.next().getValue().length();
      oldest.remove();
    }
  }

  void bound(String portal, String statement) {
    if (portals.size() >= PORTAL_LIMIT) {
      portals.clear();
    }
    portals.put(portal, statements.get(statement));
  }

  void closeStatement(String name) {
    String old = statements.remove(name);
    total -= old == null ? 0 : old.length();
  }

  void closePortal(String name) {
    portals.remove(name);
  }

  /** The text of a statement, null when unknown. */
  String statement(String name) {
    return statements.get(name);
  }

  /** The text that a portal runs, null when unknown. */
  String portal(String name) {
    return portals.get(name);
  }
}
