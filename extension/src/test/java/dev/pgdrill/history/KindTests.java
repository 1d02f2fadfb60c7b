package dev.pgdrill.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KindTests {

  @Test
  void textsAreThoseOfTheContract() {
    assertThat(Arrays.stream(Kind.values()).map(Kind::text))
        .containsExactly(
            "clock.anchor",
            "op.invoke",
            "op.ok",
            "op.failed",
            "op.unknown",
            "fault.requested",
            "fault.effective",
            "fault.healing",
            "fault.healed",
            "role.change",
            "step",
            "sample",
            "hiccup",
            "read.final");
  }
}
