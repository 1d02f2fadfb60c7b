package dev.pgdrill;

/** Offers {@link Thing} to tests, as a module outside the core would. */
public final class FakeResource implements DrillResource<FakeResource.Thing> {

  /** Belongs to one test; its end stands in {@link FakeLog}. */
  record Thing(String cluster, FakeLog log) implements AutoCloseable {
    @Override
    public void close() {
      log.add("closed thing on " + cluster);
    }
  }

  @Override
  public Class<Thing> type() {
    return Thing.class;
  }

  @Override
  public Thing create(DrillContext context) {
    FakeLog log = new FakeLog(context.directory());
    log.add("made thing on " + context.cluster().id());
    return new Thing(context.cluster().id(), log);
  }
}
