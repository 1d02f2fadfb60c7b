package dev.pgdrill.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteLoadTests {

  @Test
  void eachStepChangesOneThingAndKeepsTheOthers() {
    assertThat(WriteLoad.writes()).isEqualTo(new WriteLoad(8, 200, false));
    assertThat(WriteLoad.writes().clients(3).perSecond(50).directly())
        .isEqualTo(new WriteLoad(3, 50, true));
    assertThat(WriteLoad.writes().directly().closedLoop()).isEqualTo(new WriteLoad(8, 0, true));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_001})
  void impossibleNumberOfClientsIsRefused(int clients) {
    assertThatThrownBy(() -> WriteLoad.writes().clients(clients))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clients is %d, expected 1 to 1000", clients);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 1_000_001, Double.NaN, Double.POSITIVE_INFINITY})
  void impossibleRateIsRefused(double perSecond) {
    assertThatThrownBy(() -> WriteLoad.writes().perSecond(perSecond))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("perSecond is %s, expected 0 (closed loop) to 1000000", perSecond);
  }
}
