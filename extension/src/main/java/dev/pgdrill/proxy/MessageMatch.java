package dev.pgdrill.proxy;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which messages a toxic means: by type, by a regular expression on the query's text, or both. */
final class MessageMatch {
  /** The messages that run a query: Query, and Execute of the extended protocol. */
  private static final String RUNNING = "QE";

  private final Direction direction;
  private final String types;
  private final Pattern query;

  private MessageMatch(Direction direction, String types, Pattern query) {
    this.direction = direction;
    this.types = types;
    this.query = query;
  }

  /** Checks what can be checked before a stream is known. */
  static void check(String message, String query) {
    boolean hasMessage = message != null && !message.isEmpty();
    boolean hasQuery = query != null && !query.isEmpty();
    Toxic.require(hasMessage || hasQuery, "message or query is required");
    Toxic.require(
        !hasMessage || message.matches("[A-Za-z1-3]+"),
        "message must be one or more of the protocol's type letters");
    if (hasQuery) {
      try {
        Pattern.compile(query);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException("query is no regular expression: " + e.getMessage(), e);
      }
    }
  }

  static void check(Direction stream, String query) {
    if (stream == Direction.DOWNSTREAM && query != null && !query.isEmpty()) {
      throw ApiException.badRequest("a query can be matched on the stream upstream only");
    }
  }

  static MessageMatch of(Direction direction, String message, String query) {
    boolean hasQuery = query != null && !query.isEmpty();
    String types = message == null || message.isEmpty() ? RUNNING : message;
    return new MessageMatch(direction, types, hasQuery ? Pattern.compile(query) : null);
  }

  boolean readsQueries() {
    return query != null;
  }

  boolean matches(PgMessage message) {
    return message.direction() == direction
        && types.indexOf(message.type()) >= 0
        && (query == null || (message.text() != null && query.matcher(message.text()).find()));
  }
}
