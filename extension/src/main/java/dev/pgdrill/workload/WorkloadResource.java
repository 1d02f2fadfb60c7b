package dev.pgdrill.workload;

import dev.pgdrill.DrillContext;
import dev.pgdrill.DrillResource;

/** Lets a test have a {@link Workload} as a parameter. */
public final class WorkloadResource implements DrillResource<Workload> {

  @Override
  public Class<Workload> type() {
    return Workload.class;
  }

  @Override
  public Workload create(DrillContext context) {
    return new Workload(context.cluster(), context.recorder());
  }
}
