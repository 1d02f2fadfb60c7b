package dev.pgdrill;

/**
 * Something that a test can have as a parameter, found by {@link java.util.ServiceLoader}: this is
 * how operations, and modules that nobody here knows, reach a drill without the core knowing them.
 *
 * <p>It is made anew for each test that asks for it, so that nothing has to be reset, and closed
 * before its cluster if it is {@link AutoCloseable}.
 */
public interface DrillResource<T> {

  /** The parameter type. */
  Class<T> type();

  /** Makes it for one test. */
  T create(DrillContext context);
}
