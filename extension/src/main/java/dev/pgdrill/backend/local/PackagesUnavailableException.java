package dev.pgdrill.backend.local;

/** The distribution's packages cannot be fetched; the message says why. */
final class PackagesUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PackagesUnavailableException(String message) {
    super(message);
  }
}
