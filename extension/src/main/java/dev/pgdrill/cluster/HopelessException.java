package dev.pgdrill.cluster;

/**
 * Waiting longer is in vain: the process that should come up has ended, or the wait was stopped.
 */
public final class HopelessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HopelessException(String message) {
    super(message);
  }
}
