package dev.pgdrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.Resources.SYSTEM_PROPERTIES;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Asks a launcher as builds and editors do, which finds the filter by itself. */
@ResourceLock(SYSTEM_PROPERTIES)
class TierFilterTests {

  static class TieredSample {
    @Test
    @Tag("tier-quick")
    void quick() {}

    @Test
    @Tag("tier-default")
    void usual() {}

    @Test
    @Tag("tier-full")
    void full() {}

    @Test
    @Tag("tier-soak")
    void soak() {}

    @Test
    @Tag("tier")
    void none() {}
  }

  private static List<String> discovered(String tier) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(TieredSample.class))
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .build();
    TestPlan plan =
        SystemProperties.with(
            Map.of("pgdrill.tier", tier), () -> LauncherFactory.create().discover(request));
    return plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .filter(TestIdentifier::isTest)
        .map(test -> test.getDisplayName().replace("()", ""))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "quick, none quick",
    "default, none quick usual",
    "full, none quick usual full",
    "soak, none quick usual full soak",
    "QUICK, none quick",
    "'', none quick usual full soak"
  })
  void aTierRunsItselfAndThoseBelowItAndTestsWithoutATier(String tier, String expected) {
    assertThat(discovered(tier)).containsExactlyInAnyOrderElementsOf(words(expected));
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.split(" "));
  }

  @Test
  void anUnknownTierIsAnErrorThatNamesThePropertyAndTheTiers() {
    assertThatThrownBy(() -> discovered("fast"))
        .hasMessage(
            "pgdrill.tier (or PGDRILL_TIER) is \"fast\", expected one of: quick, default, full,"
                + " soak");
  }
}
