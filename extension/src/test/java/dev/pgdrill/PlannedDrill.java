package dev.pgdrill;

import dev.pgdrill.history.HistoryFile;
import dev.pgdrill.history.Recorder;
import java.nio.file.Path;
import java.util.List;

/** A drill without a cluster and without JUnit, for tests in other packages. */
public record PlannedDrill(Drill drill, Recorder recorder) {

  public static PlannedDrill of(String id, Path directory) {
    var recorder = new Recorder(HistoryFile.none(), "c1", id);
    return new PlannedDrill(new Drill(id, recorder, directory), recorder);
  }

  /** What has been noted for the report, promise and verdict. */
  public List<String> noted() {
    return drill.promises().stream()
        .map(promise -> promise.promise() + " " + promise.verdict().text())
        .toList();
  }
}
