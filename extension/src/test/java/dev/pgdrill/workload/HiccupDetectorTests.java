package dev.pgdrill.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.history.Kind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class HiccupDetectorTests {
  private static final long TICK = 1_000_000;

  private final List<Map<String, Object>> noted = new CopyOnWriteArrayList<>();

  @Test
  void staysSilentWhileItWakesInTime() throws InterruptedException {
    watch(TICK, TICK, TICK + 1, 3 * TICK, TICK, TICK + HiccupDetector.NOTED_NANOS, TICK);

    assertThat(noted).isEmpty();
  }

  @Test
  void notesHowMuchTooLateItWoke() throws InterruptedException {
    watch(TICK, 61 * TICK, TICK, TICK + HiccupDetector.NOTED_NANOS + 1, TICK);

    assertThat(noted).containsExactly(Map.of("ns", 60 * TICK), Map.of("ns", 50 * TICK + 1));
  }

  /** Lets the detector wake after each of these times, then ends it. */
  private void watch(long... naps) throws InterruptedException {
    var clock = new ScriptedClock(naps);
    try (var detector =
        new HiccupDetector(
            (kind, node, data) -> {
              assertThat(kind).isEqualTo(Kind.HICCUP);
              noted.add(data);
            },
            clock)) {
      assertThat(clock.finished.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(detector).isNotNull();
    }
  }

  private static final class ScriptedClock implements LongSupplier {
    final CountDownLatch finished = new CountDownLatch(1);
    private final long[] naps;
    private long now = -5 * TICK;
    private int asked;

    ScriptedClock(long... naps) {
      this.naps = naps;
    }

    @Override
    public long getAsLong() {
      if (asked > naps.length) {
        finished.countDown();
        now += TICK;
      } else if (asked > 0) {
        now += naps[asked - 1];
      }
      asked++;
      return now;
    }
  }
}
