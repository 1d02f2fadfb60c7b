package dev.pgdrill.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgdrill.plan.Setting;
import dev.pgdrill.plan.SettingOverrides;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AwaitTests {
  private static final Duration AMPLE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(30);

  @RegisterExtension final SettingOverrides settings = new SettingOverrides();

  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void returnsWhatTheProbeFoundAtTheFirstLook() {
    String found =
        Await.until("ready", AMPLE, () -> Progress.done("look " + looks.incrementAndGet()));

    assertThat(found).isEqualTo("look 1");
  }

  @Test
  void looksAgainUntilTheConditionHolds() {
    boolean held =
        Await.until(
            "five", AMPLE, () -> Progress.when(looks.incrementAndGet() == 5, "at " + looks));

    assertThat(held).isTrue();
    assertThat(looks).hasValue(5);
  }

  @Test
  void exceptionsCountAsNotYet() {
    String found =
        Await.until(
            "ready",
            AMPLE,
            () -> {
              if (looks.incrementAndGet() < 3) {
                throw new IOException("refused");
              }
              return Progress.done("at last");
            });

    assertThat(found).isEqualTo("at last");
  }

  @Test
  void timeOutSaysWhatHowLongTheBudgetAndTheLastState() {
    long start = System.nanoTime();

    assertThatThrownBy(() -> Await.until("pg2 streaming", SHORT, () -> Progress.pending("catchup")))
        .isInstanceOf(NotInTimeException.class)
        .hasMessageMatching(
            "not pg2 streaming after \\d+\\D\\d s \\(budget 0\\D0 s\\); last seen: catchup")
        .hasNoCause();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void timeOutHasTheLastExceptionAsItsCause() {
    var refused = new IOException("refused");

    assertThatThrownBy(
            () ->
                Await.until(
                    "pg1 ready",
                    SHORT,
                    () -> {
                      throw refused;
                    }))
        .isInstanceOf(NotInTimeException.class)
        .hasMessageEndingWith("last seen: refused")
        .hasCause(refused);
  }

  @Test
  void looksOnceEvenWithoutABudget() {
    assertThatThrownBy(
            () ->
                Await.until(
                    "ready",
                    Duration.ZERO,
                    () -> Progress.pending("look " + looks.incrementAndGet())))
        .isInstanceOf(NotInTimeException.class)
        .hasMessageEndingWith("last seen: look 1");
  }

  @Test
  void hopelessWaitEndsAtOnce() {
    var hopeless = new HopelessException("pg1 ended with exit code 1");

    assertThatThrownBy(
            () ->
                Await.until(
                    "pg1 ready",
                    AMPLE,
                    () -> {
                      looks.incrementAndGet();
                      throw hopeless;
                    }))
        .isSameAs(hopeless);
    assertThat(looks).hasValue(1);
  }

  @Test
  void interruptEndsTheWaitAndStaysSet() {
    Thread.currentThread().interrupt();

    var hopeless =
        catchThrowableOfType(
            HopelessException.class,
            () -> Await.until("pg1 ready", AMPLE, () -> Progress.pending("not yet")));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(hopeless).hasMessage("interrupted while waiting for: pg1 ready");
  }

  @Test
  void interruptInsideTheProbeEndsTheWaitToo() {
    var hopeless =
        catchThrowableOfType(
            HopelessException.class,
            () ->
                Await.until(
                    "pg1 ready",
                    AMPLE,
                    () -> {
                      throw new InterruptedException();
                    }));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(hopeless).isNotNull();
  }

  @Test
  void budgetIsMultipliedByTheTimeoutFactor() {
    settings.set(Setting.TIMEOUT_FACTOR, "0.1");

    assertThatThrownBy(
            () -> Await.until("ready", Duration.ofSeconds(1), () -> Progress.pending("no")))
        .hasMessageMatching(".*\\(budget 0\\D1 s\\).*");
  }
}
