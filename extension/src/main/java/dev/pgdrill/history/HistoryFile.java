package dev.pgdrill.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The history of one JVM as newline-delimited JSON, one {@link Event} a line, in the order of
 * {@code seq}. Every line reaches the file before {@link #append} returns, so a killed JVM loses
 * none that it had written. The first line anchors the monotonic clock to the wall clock.
 */
public final class HistoryFile implements AutoCloseable {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final long PID = ProcessHandle.current().pid();

  private final Writer writer;
  private long seq;

  private HistoryFile(Writer writer) {
    this.writer = writer;
  }

  /**
   * Creates the file.
   *
   * @throws UncheckedIOException if it exists or cannot be written
   */
  public static HistoryFile create(Path path) {
    try {
      var writer =
          Files.newBufferedWriter(path, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
      var file = new HistoryFile(writer);
      file.append(System.nanoTime(), null, null, null, Kind.CLOCK_ANCHOR, Map.of());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the history " + path, e);
    }
  }

  /** Keeps nothing: for histories that are built by hand. */
  public static HistoryFile none() {
    return new HistoryFile(Writer.nullWriter());
  }

  synchronized Event append(
      long monoNs, String cluster, String node, String drill, Kind kind, Map<String, Object> data) {
    var event =
        new Event(
            ++seq,
            PID,
            monoNs,
            Instant.now().toEpochMilli(),
            cluster,
            node,
            null,
            drill,
            kind,
            data);
    try {
      writer.write(JSON.writeValueAsString(event));
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot append to the history", e);
    }
    return event;
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
  }
}
