package dev.pgdrill.proxy;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which way bytes flow through a proxy; {@code upstream} on the wire is from client to server. */
enum Direction {
  UPSTREAM,
  DOWNSTREAM;

  /** The name in the HTTP API, in whatever case the client wrote it. */
  static Direction parse(String name) {
    if (name.equalsIgnoreCase("upstream")) {
      return UPSTREAM;
    }
    if (name.equalsIgnoreCase("downstream")) {
      return DOWNSTREAM;
    }
    throw ApiException.invalidStream();
  }

  @JsonValue
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
