package dev.pgdrill;

import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.history.History;
import dev.pgdrill.history.Recorder;
import dev.pgdrill.plan.GateMode;
import dev.pgdrill.report.Console;
import dev.pgdrill.report.DrillResult;
import dev.pgdrill.report.PromiseResult;
import dev.pgdrill.report.Result;
import dev.pgdrill.report.RunDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** One test from before its cluster is there until its result is written. */
final class DrillRun {
  private final RunDirectory run;
  private final boolean reported;
  private final DrillResult begun;
  private Optional<Cluster> cluster = Optional.empty();
  private Recorder recorder;
  private Drill drill;
  private Optional<Throwable> failedPart = Optional.empty();

  private DrillRun(RunDirectory run, boolean reported, DrillResult begun) {
    this.run = run;
    this.reported = reported;
    this.begun = begun;
    record("-");
  }

  /**
   * Begins a drill, which is in the report from now on.
   *
   * @param id a second drill of the same id gets {@code ~2}, a third {@code ~3}
   */
  static DrillRun ofDrill(RunDirectory run, String id, String expectation) {
    // Between looking for an id and taking it, a test in another thread could take it too.
    synchronized (run) {
      String unique = id;
      for (int i = 2; run.has(unique); i++) {
        unique = id + "~" + i;
      }
      DrillResult begun = DrillResult.started(unique, expectation, run.path().toString());
      run.write(begun);
      return new DrillRun(run, true, begun);
    }
  }

  /** Begins a test that is no drill: it has a history, but does not stand in the report. */
  static DrillRun ofTest(RunDirectory run, String name) {
    return new DrillRun(run, false, DrillResult.started(name, name, run.path().toString()));
  }

  private void record(String clusterId) {
    recorder = new Recorder(run.history(), clusterId, begun.id());
    drill = new Drill(begun.id(), recorder, run.path());
  }

  /** From now on what happens to this cluster belongs to this drill. */
  void on(Cluster started) {
    cluster = Optional.of(started);
    record(started.id());
    started.recordTo(recorder);
  }

  Drill drill() {
    return drill;
  }

  DrillContext context() {
    return new DrillContext(cluster.orElseThrow(), recorder, run.path());
  }

  /** A part of the test failed, which JUnit reports on its own; the first one counts. */
  void failed(Throwable cause) {
    failedPart = failedPart.or(() -> Optional.of(cause));
  }

  /**
   * Writes the result.
   *
   * @param ending what the test itself failed with
   * @throws AssertionError if the test passed as a drill without having judged a promise
   */
  void end(Optional<Throwable> ending) {
    if (!reported) {
      return;
    }
    Optional<Throwable> failure = ending.or(() -> failedPart);
    List<PromiseResult> promises = drill.promises();
    boolean unjudged = failure.isEmpty() && promises.isEmpty();
    Result result = unjudged ? Result.INCONCLUSIVE : result(failure, promises);
    String reason = unjudged ? "no promise was judged" : reason(failure, promises, result);
    List<String> evidence =
        promises.stream().flatMap(promise -> promise.evidence().stream()).toList();
    History history = drill.history();
    Map<String, String> components = cluster.map(Cluster::components).orElse(Map.of());
    DrillResult ended = begun.ended(result, reason, promises, evidence, history, components);
    run.write(ended);
    Console.say(ended.line());
    if (unjudged && GateMode.current() == GateMode.ENFORCE) {
      throw new AssertionError(
          "%s ended without judging a promise: add assertThat(drill).keeps(...)"
              .formatted(begun.id()));
    }
  }

  /** The drill will not run at all. */
  void skipped(String why) {
    run.write(
        begun.ended(Result.NOT_ASSESSED, why, List.of(), List.of(), drill.history(), Map.of()));
  }

  private static Result result(Optional<Throwable> failure, List<PromiseResult> promises) {
    if (any(Result.VIOLATED, promises)) {
      return Result.VIOLATED;
    }
    if (failure.isPresent() && failure.get() instanceof TestAbortedException) {
      return Result.NOT_ASSESSED;
    }
    if (any(Result.INCONCLUSIVE, promises)) {
      return Result.INCONCLUSIVE;
    }
    return failure
        .map(cause -> cause instanceof AssertionError ? Result.VIOLATED : Result.INCONCLUSIVE)
        .orElse(Result.HOLDS);
  }

  private static boolean any(Result verdict, List<PromiseResult> promises) {
    return promises.stream().anyMatch(promise -> promise.verdict() == verdict);
  }

  private static String reason(
      Optional<Throwable> failure, List<PromiseResult> promises, Result result) {
    if (result == Result.HOLDS) {
      return null;
    }
    return promises.stream()
        .filter(promise -> promise.verdict() == result)
        .map(PromiseResult::sentence)
        .reduce((one, other) -> one + "; " + other)
        .orElseGet(() -> failure.map(DrillRun::words).orElse(null));
  }

  private static String words(Throwable failure) {
    return failure instanceof TestAbortedException
        ? failure.getMessage()
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
