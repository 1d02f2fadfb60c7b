package dev.pgdrill.plan;

/**
 * A property has a value that it cannot have; the message says where, what, and what is allowed.
 */
public final class InvalidSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidSettingException(Setting setting, String found, String allowed) {
    super(
        "%s (or %s) is \"%s\", expected %s"
            .formatted(setting.property(), setting.environment(), found, allowed));
  }
}
