package dev.pgdrill.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ParallelTests {

  @Test
  void stepsRunAtTheSameTime() {
    var barrier = new CyclicBarrier(3);
    Set<String> met = ConcurrentHashMap.newKeySet();

    Parallel.run(
        List.of(
            () -> met.add("a" + meet(barrier)),
            () -> met.add("b" + meet(barrier)),
            () -> met.add("c" + meet(barrier))));

    assertThat(met).hasSize(3);
  }

  @Test
  void returnsOnlyWhenAllHaveEndedAlsoAfterAFailure() {
    var failed = new CountDownLatch(1);
    Set<String> ended = ConcurrentHashMap.newKeySet();
    var failure = new ProvisioningException("no port");

    assertThatThrownBy(
            () ->
                Parallel.run(
                    List.of(
                        () -> {
                          failed.countDown();
                          throw failure;
                        },
                        () -> {
                          await(failed);
                          ended.add("second");
                        })))
        .isSameAs(failure);
    assertThat(ended).containsExactly("second");
  }

  @Test
  void firstStepsFailureHasTheOthersWithIt() {
    var first = new ProvisioningException("one");
    var second = new IllegalStateException("two");

    assertThatThrownBy(
            () ->
                Parallel.run(
                    List.of(
                        () -> {},
                        () -> {
                          throw first;
                        },
                        () -> {
                          throw second;
                        })))
        .isSameAs(first)
        .hasSuppressedException(second);
  }

  @Test
  void errorOfAStepIsNotSwallowed() {
    assertThatThrownBy(
            () ->
                Parallel.run(
                    List.of(
                        () -> {
                          throw new AssertionError("broken");
                        })))
        .hasRootCauseInstanceOf(AssertionError.class);
  }

  private static int meet(CyclicBarrier barrier) {
    try {
      return barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("the others did not run at the same time", e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
