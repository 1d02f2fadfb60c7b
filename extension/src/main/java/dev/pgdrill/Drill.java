package dev.pgdrill;

import dev.pgdrill.check.Check;
import dev.pgdrill.history.History;
import dev.pgdrill.history.Recorder;
import dev.pgdrill.report.PromiseResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The drill that runs: its history so far, and what it says of promises. */
public final class Drill {
  private final String id;
  private final Recorder recorder;
  private final Path directory;
  private final List<PromiseResult> promises = new ArrayList<>();

  Drill(String id, Recorder recorder, Path directory) {
    this.id = id;
    this.recorder = recorder;
    this.directory = directory;
  }

  /** {@code failover.primary-crash#async}. */
  public String id() {
    return id;
  }

  /** What is known now. */
  public History history() {
    return recorder.snapshot();
  }

  /** Where logs and the history of this run are. */
  public Path directory() {
    return directory;
  }

  /**
   * Judges promises by the history as it stands and notes the verdicts for the report; throws
   * nothing. Tests use {@code assertThat(drill).keeps(...)}, which does.
   */
  public List<PromiseResult> judge(Check... checks) {
    History history = history();
    var results = new ArrayList<PromiseResult>();
    for (Check check : checks) {
      results.add(PromiseResult.of(check.promise(), id, check.judge(history)));
    }
    promises.addAll(results);
    return results;
  }

  List<PromiseResult> promises() {
    return List.copyOf(promises);
  }
}
