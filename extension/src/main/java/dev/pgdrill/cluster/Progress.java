package dev.pgdrill.cluster;

import java.util.Optional;

/**
 * What one look at a condition saw.
 *
 * @param value present when the condition holds
 * @param state what was seen, in words that help whoever reads the time-out
 */
public record Progress<T>(Optional<T> value, String state) {

  /** The condition holds. */
  public static <T> Progress<T> done(T value) {
    return new Progress<>(Optional.of(value), "done");
  }

  /** Not yet. */
  public static <T> Progress<T> pending(String state) {
    return new Progress<>(Optional.empty(), state);
  }

  /** Done if {@code condition} holds, else pending with what was seen. */
  public static Progress<Boolean> when(boolean condition, String state) {
    return condition ? done(true) : pending(state);
  }
}
