package dev.pgdrill;

import dev.pgdrill.backend.Backend;
import dev.pgdrill.backend.Backends;
import dev.pgdrill.backend.Site;
import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.report.Console;
import dev.pgdrill.report.RunDirectory;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Finds out which cluster a test wants, and keeps it in the store of whoever it lives as long as.
 */
final class Clusters {
  private static final Namespace NAMESPACE = Namespace.create(Clusters.class);

  /** A store also finds what an enclosing class has put there: that is not what is meant here. */
  private record Key(String declaring, Wanted wanted) {}

  private final Optional<Wanted> programmatic;

  /**
   * @param programmatic what the registration says; empty: the annotation says it
   */
  Clusters(Optional<Wanted> programmatic) {
    this.programmatic = programmatic;
  }

  /** The cluster of this test or class, started if it was not. */
  Cluster of(ExtensionContext context) {
    ExtensionContext declaring = declaring(context);
    Wanted wanted = programmatic.orElseGet(() -> Wanted.by(annotation(declaring).orElseThrow()));
    boolean perTest = wanted.lifetime() == Lifetime.METHOD;
    if (perTest && context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "a cluster that lives for one test cannot be had by a class: ask for it in the test"
              + " method or in @BeforeEach, or use lifetime = CLASS");
    }
    return (perTest ? context : declaring)
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            new Key(declaring.getUniqueId(), wanted), key -> start(wanted, context), Cluster.class);
  }

  /** The class that says which cluster: the nearest annotated one, or the outermost. */
  private ExtensionContext declaring(ExtensionContext context) {
    ExtensionContext outermost = context;
    for (ExtensionContext at = context;
        at.getTestClass().isPresent();
        at = at.getParent().orElseThrow()) {
      if (at.getTestMethod().isEmpty()) {
        outermost = at;
        if (programmatic.isEmpty() && annotation(at).isPresent()) {
          return at;
        }
      }
    }
    return outermost;
  }

  private static Optional<PgDrill> annotation(ExtensionContext declaring) {
    return AnnotationSupport.findAnnotation(declaring.getRequiredTestClass(), PgDrill.class);
  }

  private static Cluster start(Wanted wanted, ExtensionContext context) {
    RunDirectory run = run(context);
    Backend backend =
        root(context).getOrComputeIfAbsent(Backend.class, key -> Backends.select(), Backend.class);
    String id = run.nextClusterId();
    long start = System.nanoTime();
    Cluster cluster = backend.start(wanted.topology(), new Site(id, run.clusterLogs(id)));
    Console.say(
        "cluster %s ready in %.2f s: %s%s on %s"
            .formatted(
                id,
                (System.nanoTime() - start) / 1e9,
                cluster.nodes(),
                wanted.topology().pooler() ? " and pgb1" : "",
                cluster.components()));
    return cluster;
  }

  /**
   * This JVM's part of the run, made when it is first needed. Everything begins with it, so this is
   * where unknown properties are refused.
   */
  static RunDirectory run(ExtensionContext context) {
    return root(context)
        .getOrComputeIfAbsent(
            RunDirectory.class,
            key -> {
              KnownSettings.check();
              return RunDirectory.create();
            },
            RunDirectory.class);
  }

  private static Store root(ExtensionContext context) {
    return context.getRoot().getStore(NAMESPACE);
  }
}
