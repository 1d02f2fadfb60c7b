package dev.pgdrill;

import dev.pgdrill.report.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down drills that the extension never sees: a class that is disabled, a class whose
 * {@code @BeforeAll} or {@code @AfterAll} fails or aborts, a template without arguments. Found by
 * the launcher through {@link java.util.ServiceLoader}. Without it such a drill would be missing
 * from the report, and what is missing nobody misses.
 */
public final class UnseenDrills implements TestExecutionListener {
  /** Every class under {@link PgDrill} has this tag. */
  static final String TAG = "pgdrill";

  private Optional<RunDirectory> run = Optional.empty();

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (isClass(test)) {
      record(test, drill -> drill.skipped(reason));
    }
  }

  /**
   * Also of a template whose arguments cannot be had; its invocations the extension sees itself.
   */
  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isContainer() && result.getStatus() != Status.SUCCESSFUL) {
      record(test, drill -> drill.end(result.getThrowable()));
    }
  }

  private static boolean isClass(TestIdentifier test) {
    return test.getSource().filter(ClassSource.class::isInstance).isPresent();
  }

  private synchronized void record(TestIdentifier test, Consumer<DrillRun> end) {
    Set<String> tags = test.getTags().stream().map(TestTag::getName).collect(Collectors.toSet());
    javaClass(test)
        .filter(type -> tags.contains(TAG) || registers(type))
        .flatMap(type -> DrillIds.of(type, tags))
        .ifPresent(
            id -> {
              run = run.or(() -> Optional.of(RunDirectory.create()));
              end.accept(DrillRun.ofDrill(run.get(), id, test.getDisplayName()));
            });
  }

  private static Optional<Class<?>> javaClass(TestIdentifier test) {
    TestSource source = test.getSource().orElse(null);
    if (source instanceof ClassSource inClass) {
      return Optional.of(inClass.getJavaClass());
    }
    return source instanceof MethodSource inMethod
        ? Optional.of(inMethod.getJavaClass())
        : Optional.empty();
  }

  /** Whether it may have its cluster from {@link PgDrillBuilder}, which leaves no tag. */
  private static boolean registers(Class<?> type) {
    return !AnnotationSupport.findAnnotatedFields(type, RegisterExtension.class).isEmpty();
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan plan) {
    run.ifPresent(
        directory -> {
          try {
            directory.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    run = Optional.empty();
  }
}
