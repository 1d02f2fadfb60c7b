package dev.pgdrill;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule holds for the code, and rejects a class that was written to break it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTests {
  private final List<PlantedRule> rules = ArchitectureRules.all();
  private JavaClasses code;
  private JavaClasses planted;

  @BeforeAll
  void readClasses(@TempDir Path directory) {
    code =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.pgdrill");
    PlantedClass.compile(rules.stream().flatMap(PlantedRule::plants).toList(), directory);
    planted = new ClassFileImporter().importPath(directory);
  }

  List<PlantedRule> rules() {
    return rules;
  }

  @Test
  void theCodeWasFound() {
    assertThat(code.contain(PgDrill.class)).isTrue();
    assertThat(code.contain(ArchitectureTests.class)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holdsForTheCode(PlantedRule rule) {
    assertThat(rule.violations(code)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rejectsEachClassThatBreaksIt(PlantedRule rule) {
    assertThat(rule.offenders()).isNotEmpty();
    for (PlantedClass offender : rule.offenders()) {
      assertThat(rule.violations(only(offender, rule.bystanders())))
          .as("violations by " + offender.name())
          .anySatisfy(violation -> assertThat(violation).contains(offender.name()));
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void acceptsEachClassThatKeepsIt(PlantedRule rule) {
    for (PlantedClass keeper : rule.keepers()) {
      assertThat(rule.violations(only(keeper, List.of())))
          .as("violations by " + keeper.name())
          .isEmpty();
    }
  }

  private JavaClasses only(PlantedClass one, List<PlantedClass> others) {
    return planted.that(
        DescribedPredicate.describe(
            "planted for this rule",
            (JavaClass type) ->
                Stream.concat(Stream.of(one), others.stream())
                    .anyMatch(wanted -> type.getName().equals(wanted.name()))));
  }
}
