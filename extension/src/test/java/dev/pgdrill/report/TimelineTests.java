package dev.pgdrill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.history.History;
import dev.pgdrill.history.HistoryFixture;
import dev.pgdrill.history.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTests {

  @Test
  void marksCountFromTheStartOfTheLoad() {
    History history =
        HistoryFixture.load()
            .at(1_500)
            .note(Kind.FAULT_REQUESTED, "pg1", Map.of("fault", "kill"))
            .at(1_700)
            .hiccup(60)
            .at(2_000)
            .acknowledged(0)
            .stopped()
            .history();

    Timeline timeline = Timeline.of(history);

    assertThat(timeline.marks())
        .containsExactly(
            new Timeline.Mark(0, Kind.STEP, null, Map.of("step", "load started")),
            new Timeline.Mark(1_500, Kind.FAULT_REQUESTED, "pg1", Map.of("fault", "kill")),
            new Timeline.Mark(1_700, Kind.HICCUP, null, Map.of("ns", 60_000_000L)),
            new Timeline.Mark(2_000, Kind.STEP, null, Map.of("step", "load stopped")));
    assertThat(timeline.seconds()).isEqualTo(history.seconds()).hasSize(3);
  }

  @Test
  void whatCameBeforeTheLoadIsNegative() {
    History history =
        HistoryFixture.load()
            .at(-250)
            .note(Kind.ROLE_CHANGE, "pg2", Map.of("role", "primary"))
            .history();

    assertThat(Timeline.of(history).marks()).extracting(Timeline.Mark::atMs).contains(-250.0);
  }

  @Test
  void samplesAreNoMarks() {
    History history =
        HistoryFixture.load().note(Kind.SAMPLE, "pg1", Map.of("name", "lag", "value", 1)).history();

    assertThat(Timeline.of(history).marks())
        .extracting(Timeline.Mark::kind)
        .containsExactly(Kind.STEP);
  }
}
