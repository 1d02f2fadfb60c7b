package dev.pgdrill.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Every setting is unset for the test, which may set some; afterwards all are as before. */
public final class SettingOverrides implements BeforeEachCallback, AfterEachCallback {
  private final Map<Setting, Optional<String>> before = new HashMap<>();

  public void set(Setting setting, Object value) {
    System.setProperty(setting.property(), value.toString());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    for (Setting setting : Setting.values()) {
      before.put(setting, Optional.ofNullable(System.getProperty(setting.property())));
      System.clearProperty(setting.property());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    before.forEach(
        (setting, value) ->
            value.ifPresentOrElse(
                text -> System.setProperty(setting.property(), text),
                () -> System.clearProperty(setting.property())));
  }
}
