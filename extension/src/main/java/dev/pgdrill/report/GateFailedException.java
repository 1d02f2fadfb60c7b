package dev.pgdrill.report;

import java.util.List;

/** The build must not go on; the message says which drills do not hold, and why. */
public final class GateFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GateFailedException(List<String> objections) {
    super(
        "pgdrill gate: %d %s%n  %s"
            .formatted(
                objections.size(),
                objections.size() == 1 ? "objection" : "objections",
                String.join("\n  ", objections)));
  }
}
