package dev.pgdrill;

import dev.pgdrill.plan.Setting;
import java.util.Locale;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Leaves out drills above the tier that {@code pgdrill.tier} names. Found by the launcher through
 * {@link java.util.ServiceLoader}. Without the property nothing is left out, so that a drill
 * started from an editor runs; builds set it.
 */
public final class TierFilter implements PostDiscoveryFilter {
  private static final String TAG = "tier-";

  /** Cost of a drill, from the cheapest. */
  enum Tier {
    QUICK,
    DEFAULT,
    FULL,
    SOAK
  }

  @Override
  public FilterResult apply(TestDescriptor test) {
    return Setting.TIER
        .find(Tier.class)
        .map(limit -> apply(test, limit))
        .orElseGet(() -> FilterResult.included("no tier asked for"));
  }

  private static FilterResult apply(TestDescriptor test, Tier limit) {
    for (TestTag tag : test.getTags()) {
      for (Tier tier : Tier.values()) {
        if (tag.getName().equals(TAG + tier.name().toLowerCase(Locale.ROOT))) {
          return FilterResult.includedIf(
              tier.compareTo(limit) <= 0,
              () -> "within tier " + limit,
              () -> "above tier " + limit);
        }
      }
    }
    return FilterResult.included("in no tier");
  }
}
