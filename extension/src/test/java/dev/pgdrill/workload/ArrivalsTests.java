package dev.pgdrill.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgdrill.cluster.Await;
import dev.pgdrill.cluster.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTests {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void openModelKeepsItsScheduleHoweverLateTheClientsAre() {
    long longAgo = System.nanoTime() - 60_000_000_000L;
    var arrivals = new Arrivals(200, longAgo);

    List<Arrivals.Arrival> taken = List.of(take(arrivals), take(arrivals), take(arrivals));

    assertThat(taken)
        .containsExactly(
            new Arrivals.Arrival(0, longAgo),
            new Arrivals.Arrival(1, longAgo + 5_000_000),
            new Arrivals.Arrival(2, longAgo + 10_000_000));
  }

  @Test
  void nobodyGetsAWriteBeforeItsTime() {
    long start = System.nanoTime() + 40_000_000;
    var arrivals = new Arrivals(100, start);

    Arrivals.Arrival first = take(arrivals);
    long taken = System.nanoTime();

    assertThat(first.intendedNs()).isEqualTo(start);
    assertThat(taken - start).isNotNegative();
  }

  @Test
  void closedLoopStartsWhenTheClientIsReady() {
    var arrivals = new Arrivals(0, 0);
    long before = System.nanoTime();

    Arrivals.Arrival first = take(arrivals);
    Arrivals.Arrival second = take(arrivals);

    assertThat(first.id()).isZero();
    assertThat(second.id()).isEqualTo(1);
    assertThat(first.intendedNs() - before).isNotNegative();
    assertThat(second.intendedNs() - first.intendedNs()).isNotNegative();
    assertThat(System.nanoTime() - second.intendedNs()).isNotNegative();
  }

  @Test
  void clientsTogetherGetEveryIdOnce() {
    var arrivals = new Arrivals(1_000_000, System.nanoTime() - 60_000_000_000L);
    var ids = Collections.synchronizedList(new ArrayList<Integer>());
    var clients =
        IntStream.range(0, 4)
            .mapToObj(
                client ->
                    CompletableFuture.runAsync(
                        () -> IntStream.range(0, 500).forEach(i -> ids.add(take(arrivals).id()))))
            .toList();

    clients.forEach(CompletableFuture::join);

    assertThat(ids).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 2_000).boxed().toList());
  }

  @Test
  void thereIsNothingAfterTheEnd() {
    var arrivals = new Arrivals(0, 0);

    arrivals.end();

    assertThat(arrivals.next()).isEmpty();
  }

  @Test
  void endReachesAClientThatWaitsForItsTime() {
    var arrivals = new Arrivals(1, System.nanoTime() + 3_600_000_000_000L);
    var taken = new CompletableFuture<Optional<Arrivals.Arrival>>();
    var client = new Thread(() -> taken.complete(arrivals.next()));
    client.setDaemon(true);
    client.start();
    Await.until(
        "the client waiting",
        SOON,
        () ->
            Progress.when(client.getState() == Thread.State.TIMED_WAITING, "" + client.getState()));

    arrivals.end();

    assertThat(taken).succeedsWithin(SOON).isEqualTo(Optional.empty());
  }

  private static Arrivals.Arrival take(Arrivals arrivals) {
    return arrivals.next().orElseThrow();
  }
}
