package dev.pgdrill;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class run against a real PostgreSQL cluster, which they can have as a parameter
 * ({@link dev.pgdrill.cluster.Cluster}), together with {@link Drill} and everything that a {@link
 * DrillResource} offers.
 *
 * <p>A class that is tagged with an area ({@code restore}, {@code failover}, {@code migration},
 * {@code pool}, {@code alert}, {@code load}, {@code plan}) is a drill: it has an id, must check a
 * promise and stands in the report. Can be used as a meta-annotation.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(PgDrillExtension.class)
@Tag(UnseenDrills.TAG)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
public @interface PgDrill {

  /** Streaming replicas, 0 to 8. */
  int replicas() default 1;

  /** Whether clients go through PgBouncer. */
  boolean pooler() default true;

  /**
   * PostgreSQL's major version, such as 15; 0: what {@code pgdrill.postgres.version} says, else the
   * newest that the machine can have.
   */
  int version() default 0;

  /** Server settings, each {@code "name = value"}. */
  String[] settings() default {};

  /** PgBouncer's settings, each {@code "name = value"}, on top of the shipped pgbouncer.ini. */
  String[] poolerSettings() default {};

  /** How long the cluster lives. */
  Lifetime lifetime() default Lifetime.CLASS;
}
