package dev.pgdrill;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rule with classes that show what it means.
 *
 * @param offenders it must reject each
 * @param keepers it must accept each
 * @param bystanders what the others need in order to compile or to break the rule
 */
record PlantedRule(
    ArchRule rule,
    List<PlantedClass> offenders,
    List<PlantedClass> keepers,
    List<PlantedClass> bystanders) {

  /** A rule, which may be about packages that do not exist yet. */
  static PlantedRule of(String name, ArchRule rule) {
    return new PlantedRule(rule.as(name).allowEmptyShould(true), List.of(), List.of(), List.of());
  }

  PlantedRule rejects(String home, String declaration) {
    return new PlantedRule(rule, plus(offenders, home, declaration), keepers, bystanders);
  }

  PlantedRule accepts(String home, String declaration) {
    return new PlantedRule(rule, offenders, plus(keepers, home, declaration), bystanders);
  }

  PlantedRule given(String home, String declaration) {
    return new PlantedRule(rule, offenders, keepers, plus(bystanders, home, declaration));
  }

  private static List<PlantedClass> plus(List<PlantedClass> some, String home, String declaration) {
    var more = new ArrayList<>(some);
    more.add(PlantedClass.in(home, declaration));
    return List.copyOf(more);
  }

  Stream<PlantedClass> plants() {
    return Stream.of(offenders, keepers, bystanders).flatMap(List::stream);
  }

  List<String> violations(JavaClasses classes) {
    return rule.evaluate(classes).getFailureReport().getDetails();
  }

  @Override
  public String toString() {
    return rule.getDescription();
  }
}
