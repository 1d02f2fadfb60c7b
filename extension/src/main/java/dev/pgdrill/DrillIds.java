package dev.pgdrill;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Derives a drill's id, {@code area.kebab-name[#parameter]}: the area from its tags, the name from
 * its class without {@code Scenario}, the parameter from the method when the class has several, and
 * from the invocation's display name when there are several of those.
 */
final class DrillIds {
  static final Set<String> AREAS =
      Set.of("restore", "failover", "migration", "pool", "alert", "load", "plan");

  private static final String SUFFIX = "Scenario";

  private DrillIds() {}

  /**
   * The id of the test that is about to run; empty when its class is no drill.
   *
   * @throws ExtensionConfigurationException if the class is called a scenario but has no area
   */
  static Optional<String> of(ExtensionContext test) {
    List<String> areas = areas(test.getTags());
    Class<?> type = test.getRequiredTestClass();
    if (areas.size() == 1) {
      return Optional.of(areas.get(0) + "." + name(type) + parameter(test));
    }
    if (areas.isEmpty() && !outermost(type).getSimpleName().endsWith(SUFFIX)) {
      return Optional.empty();
    }
    throw new ExtensionConfigurationException(
        "%s needs one area, it has %s: tag it with one of %s"
            .formatted(type.getName(), areas, AREAS.stream().sorted().toList()));
  }

  /** The id of all drills of a class together; empty when it has not one area. */
  static Optional<String> of(Class<?> type, Set<String> tags) {
    List<String> areas = areas(tags);
    return areas.size() == 1 ? Optional.of(areas.get(0) + "." + name(type)) : Optional.empty();
  }

  private static List<String> areas(Set<String> tags) {
    return tags.stream().filter(AREAS::contains).sorted().toList();
  }

  /** What the drill expects, in a sentence: its own display name, else its class's. */
  static String expectation(ExtensionContext test) {
    return test.getTestMethod()
        .flatMap(method -> AnnotationSupport.findAnnotation(method, DisplayName.class))
        .or(() -> AnnotationSupport.findAnnotation(test.getRequiredTestClass(), DisplayName.class))
        .map(DisplayName::value)
        .orElseGet(test::getDisplayName);
  }

  private static Class<?> outermost(Class<?> type) {
    return type.getEnclosingClass() == null ? type : outermost(type.getEnclosingClass());
  }

  private static String name(Class<?> type) {
    String own = kebab(type.getSimpleName().replaceFirst(SUFFIX + "$", ""));
    return type.getEnclosingClass() == null ? own : name(type.getEnclosingClass()) + "-" + own;
  }

  private static String parameter(ExtensionContext test) {
    var parts = new java.util.ArrayList<String>();
    if (testMethods(test.getRequiredTestClass()) > 1) {
      parts.add(kebab(test.getRequiredTestMethod().getName()));
    }
    if (isInvocationOfTemplate(test)) {
      String name = kebab(test.getDisplayName());
      // A name without a Latin letter or digit: anything that is the same in each run.
      parts.add(name.isEmpty() ? Integer.toHexString(test.getDisplayName().hashCode()) : name);
    }
    return parts.isEmpty() ? "" : "#" + String.join("-", parts);
  }

  private static int testMethods(Class<?> type) {
    return AnnotationSupport.findAnnotatedMethods(
            type, Testable.class, HierarchyTraversalMode.TOP_DOWN)
        .size();
  }

  private static boolean isInvocationOfTemplate(ExtensionContext test) {
    return test.getParent().flatMap(ExtensionContext::getTestMethod).isPresent();
  }

  /** {@code PrimaryCrash} and {@code primary crash!} both become {@code primary-crash}. */
  static String kebab(String text) {
    return Arrays.stream(
            text.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z0-9]+"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining("-"));
  }
}
