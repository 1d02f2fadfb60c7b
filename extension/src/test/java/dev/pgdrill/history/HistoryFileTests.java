package dev.pgdrill.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HistoryFileTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;

  @Test
  void firstLineAnchorsTheMonotonicClockToTheWallClock() throws IOException {
    long monoBefore = System.nanoTime();
    long wallBefore = System.currentTimeMillis();

    HistoryFile.create(path()).close();

    JsonNode anchor = lines().get(0);
    assertThat(anchor.get("kind").asString()).isEqualTo("clock.anchor");
    assertThat(anchor.get("seq").asLong()).isEqualTo(1);
    assertThat(anchor.get("monoNs").asLong() - monoBefore).isNotNegative();
    assertThat(anchor.get("wallMs").asLong()).isBetween(wallBefore, System.currentTimeMillis());
    assertThat(anchor.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void lineHasTheFieldsOfTheContractInTheirOrder() throws IOException {
    try (var file = HistoryFile.create(path())) {
      HistoryFixture.noLoad(file)
          .at(3)
          .note(Kind.FAULT_REQUESTED, "pg1", Map.of("fault", "kill \"it\"\n"));
    }

    JsonNode line = lines().get(1);
    assertThat(line.propertyNames())
        .containsExactly(
            "seq", "pid", "monoNs", "wallMs", "cluster", "node", "link", "drill", "kind", "data");
    assertThat(line.get("monoNs").asLong()).isEqualTo(HistoryFixture.ZERO_NS + 3_000_000);
    assertThat(line.get("cluster").asString()).isEqualTo("c1");
    assertThat(line.get("node").asString()).isEqualTo("pg1");
    assertThat(line.get("link").isNull()).isTrue();
    assertThat(line.get("drill").asString()).isEqualTo("failover.fixture");
    assertThat(line.get("kind").asString()).isEqualTo("fault.requested");
    assertThat(line.get("data").get("fault").asString()).isEqualTo("kill \"it\"\n");
  }

  @Test
  void eventsAreInTheFileBeforeItIsClosed() throws IOException {
    try (var file = HistoryFile.create(path())) {

      HistoryFixture.noLoad(file).note(Kind.STEP, null, Map.of("step", "fence pg1"));

      assertThat(lines()).hasSize(2);
    }
  }

  @Test
  void historyIsNeverWrittenOverAnother() throws IOException {
    HistoryFile.create(path()).close();

    assertThatThrownBy(() -> HistoryFile.create(path()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(path().toString());

    assertThat(lines()).hasSize(1);
  }

  @Test
  void operationsAreWrittenInBlocksByKind() throws IOException {
    try (var file = HistoryFile.create(path())) {
      var load = HistoryFixture.noLoad(file);

      load.at(10).acknowledgedAfter(4, 0).at(11).acknowledged(1);
      load.at(12).failed("40001", "could not serialize", 2, 3).unknown("", "no answer", 4);
      load.history();
    }

    List<JsonNode> lines = lines();
    assertThat(lines.stream().skip(1).map(line -> line.get("kind").asString()))
        .containsExactlyInAnyOrder("op.ok", "op.failed", "op.unknown");
    JsonNode ok = data(lines, "op.ok");
    assertThat(longs(ok, "ids")).containsExactly(0L, 1L);
    assertThat(longs(ok, "intendedNs")).containsExactly(ns(6), ns(11));
    assertThat(longs(ok, "invokedNs")).containsExactly(ns(10), ns(11));
    assertThat(longs(ok, "endNs")).containsExactly(ns(10), ns(11));
    assertThat(longs(ok, "xids")).containsExactly(1000L, 1001L);
    JsonNode failed = data(lines, "op.failed");
    assertThat(longs(failed, "ids")).containsExactly(2L, 3L);
    assertThat(failed.get("sqlStates").values())
        .extracting(JsonNode::asString)
        .containsExactly("40001", "40001");
    assertThat(failed.get("messages").get("40001").asString()).isEqualTo("could not serialize");
    assertThat(data(lines, "op.unknown").get("messages").get("").asString()).isEqualTo("no answer");
  }

  @Test
  void blockIsWrittenWhenItIsFullOrASecondOld() throws IOException {
    try (var file = HistoryFile.create(path())) {
      var load = HistoryFixture.noLoad(file);

      load.acknowledged(IntStream.range(0, 1_000).toArray());
      load.at(1).failed("40001", "no", 1_000).at(1_002).failed("40001", "no", 1_001);
      load.acknowledged(1_002);

      List<JsonNode> lines = lines();
      assertThat(lines).hasSize(3);
      assertThat(longs(data(lines, "op.ok"), "ids")).hasSize(1_000);
      assertThat(longs(data(lines, "op.failed"), "ids")).containsExactly(1_000L, 1_001L);
    }
  }

  @Test
  void manyThreadsLoseNothingAndMixNothingUp() throws Exception {
    int threads = 8;
    int each = 2_500;
    try (var file = HistoryFile.create(path())) {
      var recorder = new Recorder(file, "c1", "drill");
      recorder.loadStarted(Map.of("step", "load started"));
      var running = new ArrayList<Thread>();
      for (int t = 0; t < threads; t++) {
        int first = t * each;
        running.add(new Thread(() -> operations(recorder, first, each)));
      }

      running.forEach(Thread::start);
      for (Thread thread : running) {
        thread.join(60_000);
      }
      recorder.loadStopped();
      assertThat(recorder.snapshot().attempted().getCardinality()).isEqualTo(threads * each);
    }

    List<JsonNode> lines = lines();
    assertThat(lines.stream().mapToLong(line -> line.get("seq").asLong()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, lines.size()).boxed().toList());
    Set<Long> ids = new TreeSet<>();
    for (JsonNode line : lines) {
      if (line.get("kind").asString().startsWith("op.")) {
        ids.addAll(checkedBlock(line));
      }
    }
    assertThat(ids).hasSize(threads * each);
  }

  private static void operations(Recorder recorder, int first, int count) {
    for (int id = first; id < first + count; id++) {
      recorder.invoked(id);
      long now = System.nanoTime();
      recorder.completed(id, now - id, now, outcome(id));
      if (id % 500 == 0) {
        recorder.note(Kind.STEP, null, Map.of("step", "at " + id));
      }
    }
  }

  private static Outcome outcome(int id) {
    return switch (id % 3) {
      case 0 -> new Outcome.Ok(id);
      case 1 -> new Outcome.Failed("40001", "no");
      default -> new Outcome.Unknown("08006", "lost");
    };
  }

  /** Every array of a block has one entry for each id, and each entry belongs to its id. */
  private static List<Long> checkedBlock(JsonNode line) {
    JsonNode data = line.get("data");
    boolean ok = line.get("kind").asString().equals("op.ok");
    List<Long> ids = longs(data, "ids");
    assertThat(data.get(ok ? "xids" : "sqlStates").size()).isEqualTo(ids.size());
    List<Long> intended = longs(data, "intendedNs");
    assertThat(longs(data, "invokedNs")).hasSameSizeAs(ids);
    List<Long> end = longs(data, "endNs");
    for (int i = 0; i < ids.size(); i++) {
      assertThat(end.get(i) - intended.get(i)).isEqualTo(ids.get(i));
    }
    if (ok) {
      assertThat(longs(data, "xids")).isEqualTo(ids);
    }
    return ids;
  }

  private static long ns(long ms) {
    return HistoryFixture.ZERO_NS + ms * 1_000_000;
  }

  private static JsonNode data(List<JsonNode> lines, String kind) {
    return lines.stream()
        .filter(line -> line.get("kind").asString().equals(kind))
        .findFirst()
        .orElseThrow()
        .get("data");
  }

  private static List<Long> longs(JsonNode data, String name) {
    return data.get(name).valueStream().map(JsonNode::asLong).toList();
  }

  private List<JsonNode> lines() throws IOException {
    return Files.readAllLines(path()).stream().map(JSON::readTree).toList();
  }

  private Path path() {
    return directory.resolve("history.ndjson");
  }
}
