package dev.pgdrill;

import dev.pgdrill.plan.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Refuses {@code -Dpgdrill.*} properties that nobody reads: a misspelt one would do nothing. */
final class KnownSettings {
  private static final Set<String> KNOWN =
      Arrays.stream(Setting.values()).map(Setting::property).collect(Collectors.toSet());

  private KnownSettings() {}

  static void check() {
    List<String> unknown =
        System.getProperties().stringPropertyNames().stream()
            .filter(name -> name.startsWith("pgdrill.") && !KNOWN.contains(name))
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      throw new ExtensionConfigurationException(
          "unknown property %s, known are %s"
              .formatted(String.join(", ", unknown), KNOWN.stream().sorted().toList()));
    }
  }
}
