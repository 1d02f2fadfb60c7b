package dev.pgdrill.backend;

/** A cluster could not be had; the message says what is wrong and what to do. */
public final class ProvisioningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProvisioningException(String message) {
    super(message);
  }

  public ProvisioningException(String message, Throwable cause) {
    super(message, cause);
  }
}
