package dev.pgdrill.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PagedIntsTests {
  private final PagedInts ints = new PagedInts();

  @Test
  void keepsWhatWasSetOnBothSidesOfAPageBoundary() {
    ints.set(4095, 1);
    ints.set(4096, -2);
    ints.set(100_000, 3);
    ints.set(4095, 4);

    assertThat(ints.get(4095)).isEqualTo(4);
    assertThat(ints.get(4096)).isEqualTo(-2);
    assertThat(ints.get(100_000)).isEqualTo(3);
  }

  @Test
  void whatWasNeverSetIsZero() {
    ints.set(1, 7);

    assertThat(ints.get(0)).isZero();
    assertThat(ints.get(1_000_000)).isZero();
  }
}
