package dev.pgdrill.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTests {

  @Test
  void runsAreInterleavedAndTheFirstOfEachDoesNotCount() throws Exception {
    var order = new ArrayList<String>();

    var result =
        Comparison.interleaved(
            "a thing",
            "s",
            2,
            () -> {
              order.add("ours");
              return order.size();
            },
            "peer",
            () -> {
              order.add("peer");
              return order.size();
            });

    assertThat(order).containsExactly("ours", "peer", "ours", "peer", "ours", "peer");
    assertThat(result.ourRuns()).containsExactly(3.0, 5.0);
    assertThat(result.peerRuns()).containsExactly(4.0, 6.0);
    assertThat(result.ratio()).isEqualTo(4.0 / 5.0);
  }

  @Test
  void oneOutlierDoesNotMoveTheMedian() {
    assertThat(Comparison.median(List.of(1.0, 100.0, 2.0))).isEqualTo(2.0);
    assertThat(Comparison.median(List.of(1.0, 3.0))).isEqualTo(2.0);
  }

  @Test
  void theTableHasMediansAndTheRatio() {
    var result =
        new Comparison("a thing", "s", "peer", List.of(1.5, 1.5, 9.0), List.of(1.0, 1.0, 1.0));

    assertThat(Benchmarks.markdown(List.of(result)))
        .contains("| a thing | 1.50 s | 1.00 s | 1.50 | peer | 3 |");
    assertThat(Benchmarks.json(List.of(result))).contains("\"ratio\":1.500");
  }
}
