package dev.pgdrill.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A server is ready when it answers a query; nothing else is believed. */
final class Readiness {
  private Readiness() {}

  /**
   * Waits until a query succeeds; ends at once when the process has ended.
   *
   * @param epitaph why the process is not running; empty while it runs
   * @throws HopelessException with the epitaph
   */
  static void await(
      String name,
      Duration budget,
      Supplier<Optional<String>> epitaph,
      Superuser.Connector connector) {
    Await.until(
        name + " answering queries",
        budget,
        () -> {
          epitaph
              .get()
              .ifPresent(
                  reason -> {
                    throw new HopelessException("%s did not start: %s".formatted(name, reason));
                  });
          try (var sql = connector.connect()) {
            return Progress.done(sql.text("select 1"));
          }
        });
  }
}
