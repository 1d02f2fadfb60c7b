package dev.pgdrill.topology;

/** A topology that cannot exist; the message names the value and what is allowed. */
public final class InvalidTopologyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidTopologyException(String message) {
    super(message);
  }
}
