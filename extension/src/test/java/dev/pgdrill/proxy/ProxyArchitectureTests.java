package dev.pgdrill.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ProxyArchitectureTests {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.pgdrill");

  @Test
  void theProxyStandsAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.pgdrill.proxy..")
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are other classes of pgdrill",
                c ->
                    c.getPackageName().startsWith("dev.pgdrill")
                        && !c.getPackageName().startsWith("dev.pgdrill.proxy")))
        .check(CLASSES);
  }

  @Test
  void nettyIsConfinedToTheProxy() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.pgdrill.proxy..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
