package dev.pgdrill;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * System properties for the time of one call. Who uses it holds {@code
 * ResourceLock(SYSTEM_PROPERTIES)}.
 */
final class SystemProperties {
  private SystemProperties() {}

  static <T> T with(Map<String, String> properties, Supplier<T> call) {
    var before = new HashMap<String, String>();
    properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    try {
      return call.get();
    } finally {
      before.forEach(SystemProperties::restore);
    }
  }

  private static void restore(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }
}
