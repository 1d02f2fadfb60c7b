package dev.pgdrill;

import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.report.RunDirectory;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Gives tests their cluster and what goes with it, and writes down how each drill ended. */
final class PgDrillExtension
    implements BeforeEachCallback,
        AfterEachCallback,
        InvocationInterceptor,
        ParameterResolver,
        TestWatcher {
  private static final Namespace NAMESPACE = Namespace.create(PgDrillExtension.class);

  private final Clusters clusters;

  PgDrillExtension() {
    this(Optional.empty());
  }

  PgDrillExtension(Optional<Wanted> programmatic) {
    this.clusters = new Clusters(programmatic);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    RunDirectory run = Clusters.run(context);
    DrillRun current =
        DrillIds.of(context)
            .map(id -> DrillRun.ofDrill(run, id, DrillIds.expectation(context)))
            .orElseGet(() -> DrillRun.ofTest(run, context.getDisplayName()));
    context.getStore(NAMESPACE).put(DrillRun.class, current);
    current.on(clusters.of(context));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    current(context).ifPresent(run -> run.end(context.getExecutionException()));
  }

  /** JUnit does not count a dynamic test's failure as one of the factory, which is the drill. */
  @Override
  public void interceptDynamicTest(
      Invocation<Void> test, DynamicTestInvocationContext call, ExtensionContext context)
      throws Throwable {
    try {
      test.proceed();
    } catch (Throwable e) {
      current(context).ifPresent(run -> run.failed(e));
      throw e;
    }
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    DrillIds.of(context)
        .map(id -> DrillRun.ofDrill(Clusters.run(context), id, DrillIds.expectation(context)))
        .ifPresent(run -> run.skipped(reason.orElse("disabled without a reason")));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Cluster.class || type == Drill.class || resource(type).isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == Cluster.class) {
      return clusters.of(context);
    }
    DrillRun run =
        current(context)
            .orElseThrow(
                () ->
                    new ParameterResolutionException(
                        "a %s belongs to one test: ask for it in the test method or in @BeforeEach"
                            .formatted(type.getSimpleName())));
    if (type == Drill.class) {
      return run.drill();
    }
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(type, key -> resource(type).orElseThrow().create(run.context()));
  }

  private static Optional<DrillRun> current(ExtensionContext context) {
    return Optional.ofNullable(context.getStore(NAMESPACE).get(DrillRun.class, DrillRun.class));
  }

  private static Optional<DrillResource<?>> resource(Class<?> type) {
    for (DrillResource<?> offered : ServiceLoader.load(DrillResource.class)) {
      if (offered.type() == type) {
        return Optional.of(offered);
      }
    }
    return Optional.empty();
  }
}
