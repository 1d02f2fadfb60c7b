package dev.pgdrill.scenarios.examples;

import dev.pgdrill.DrillContext;
import dev.pgdrill.DrillResource;
import dev.pgdrill.cluster.Cluster;

/** A resource of your own: a table that a test can have as a parameter. */
public record Orders(Cluster cluster) {

  /** Number of rows that the primary has now. */
  public long count() {
    return Long.parseLong(cluster.primary().query("select count(*) from orders"));
  }

  /** Named in META-INF/services/dev.pgdrill.DrillResource. */
  public static final class Provider implements DrillResource<Orders> {
    @Override
    public Class<Orders> type() {
      return Orders.class;
    }

    @Override
    public Orders create(DrillContext context) {
      context.cluster().primary().run("create table orders (id integer primary key)");
      return new Orders(context.cluster());
    }
  }
}
