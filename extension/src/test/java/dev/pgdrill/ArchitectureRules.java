package dev.pgdrill;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Which way imports go, and what nobody does. */
final class ArchitectureRules {
  private static final String ROOT = "dev.pgdrill";
  private static final String TOPOLOGY = ROOT + ".topology";
  private static final String HISTORY = ROOT + ".history";
  private static final String CHECK = ROOT + ".check";
  private static final String CLUSTER = ROOT + ".cluster";
  private static final String WORKLOAD = ROOT + ".workload";
  private static final String REPORT = ROOT + ".report";
  private static final String PLAN = ROOT + ".plan";
  private static final String PROXY = ROOT + ".proxy";
  private static final String LINK = ROOT + ".link";
  private static final String LOCAL = ROOT + ".backend.local";
  private static final String CONTAINERS = ROOT + ".backend.containers";

  private ArchitectureRules() {}

  static List<PlantedRule> all() {
    return Stream.of(directions(), libraries(), manners()).flatMap(List::stream).toList();
  }

  private static List<PlantedRule> directions() {
    return List.of(
        PlantedRule.of("topology knows nobody", knowsOnly(TOPOLOGY))
            .rejects(TOPOLOGY, "class KnowsHistory { dev.pgdrill.history.History it; }")
            .rejects(TOPOLOGY, "class KnowsBackend { dev.pgdrill.backend.Backend it; }")
            .accepts(TOPOLOGY, "class KnowsItself { dev.pgdrill.topology.Lsn it; }"),
        PlantedRule.of("history knows only topology", knowsOnly(HISTORY, TOPOLOGY))
            .rejects(HISTORY, "class KnowsCluster { dev.pgdrill.cluster.Cluster it; }")
            .rejects(HISTORY, "class KnowsCheck { dev.pgdrill.check.Check it; }")
            .accepts(HISTORY, "class KnowsTopology { dev.pgdrill.topology.Lsn it; }"),
        PlantedRule.of("check knows only history and topology", knowsOnly(CHECK, HISTORY, TOPOLOGY))
            .rejects(CHECK, "class KnowsReport { dev.pgdrill.report.Result it; }")
            .rejects(CHECK, "class KnowsWorkload { dev.pgdrill.workload.Workload it; }")
            .accepts(CHECK, "class KnowsHistory { dev.pgdrill.history.History it; }"),
        PlantedRule.of(
                "backend.local does not meet backend.containers",
                noClasses()
                    .that()
                    .resideInAPackage(LOCAL + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(CONTAINERS + ".."))
            .given(CONTAINERS, "public class Image {}")
            .rejects(LOCAL, "class KnowsImages { dev.pgdrill.backend.containers.Image it; }")
            .accepts(LOCAL, "class KnowsBackends { dev.pgdrill.backend.Backend it; }"),
        PlantedRule.of(
                "backend.containers does not meet backend.local",
                noClasses()
                    .that()
                    .resideInAPackage(CONTAINERS + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(LOCAL + ".."))
            .rejects(CONTAINERS, "class KnowsLocal { dev.pgdrill.backend.local.LocalBackend it; }"),
        PlantedRule.of(
                "the extension does not know the operations",
                noClasses()
                    .that()
                    .resideInAPackage(ROOT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                        WORKLOAD + "..",
                        ROOT + ".backup..",
                        ROOT + ".migration..",
                        ROOT + ".pool..",
                        ROOT + ".alert.."))
            .given(ROOT + ".backup", "public class Backups {}")
            .rejects(ROOT, "class KnowsWorkload { dev.pgdrill.workload.Workload it; }")
            .rejects(ROOT, "class KnowsBackups { dev.pgdrill.backup.Backups it; }")
            .accepts(WORKLOAD, "class KnowsTheExtension { dev.pgdrill.Drill it; }"),
        PlantedRule.of("proxy stands alone", knowsOnly(PROXY))
            .rejects(PROXY, "class KnowsTopology { dev.pgdrill.topology.Endpoint it; }")
            .accepts(PROXY, "class KnowsTheJdk { java.net.Socket it; }"),
        PlantedRule.of(
                "no cycles between packages",
                slices().assignedFrom(new EachPackage()).should().beFreeOfCycles())
            .given(ROOT + ".planted.one", "public class One { dev.pgdrill.planted.two.Two it; }")
            .rejects(ROOT + ".planted.two", "public class Two { dev.pgdrill.planted.one.One it; }")
            .accepts(ROOT + ".planted.two", "class Three { java.util.List<Two> it; }"));
  }

  private static List<PlantedRule> libraries() {
    return List.of(
        PlantedRule.of("HikariCP only in workload", only(WORKLOAD).use("com.zaxxer.hikari.."))
            .rejects(CLUSTER, "class Pools { com.zaxxer.hikari.HikariConfig it; }")
            .accepts(WORKLOAD, "class Pools { com.zaxxer.hikari.HikariConfig it; }"),
        PlantedRule.of(
                "pgjdbc only in cluster and workload",
                only(CLUSTER, WORKLOAD).use("org.postgresql.."))
            .rejects(REPORT, "class Jdbc { org.postgresql.PGConnection it; }")
            .accepts(CLUSTER, "class Jdbc { org.postgresql.PGConnection it; }")
            .accepts(WORKLOAD, "class Jdbc { org.postgresql.PGConnection it; }"),
        PlantedRule.of(
                "RoaringBitmap only in history and check",
                only(HISTORY, CHECK).use("org.roaringbitmap.."))
            .rejects(
                REPORT,
                "class Counts { int of(dev.pgdrill.history.History h) {"
                    + " return h.attempted().getCardinality(); } }")
            .accepts(CHECK, "class Counts { org.roaringbitmap.RoaringBitmap it; }"),
        PlantedRule.of("HdrHistogram only in history", only(HISTORY).use("org.HdrHistogram.."))
            .rejects(CHECK, "class Percentiles { org.HdrHistogram.Histogram it; }")
            .accepts(HISTORY, "class Percentiles { org.HdrHistogram.Histogram it; }"),
        PlantedRule.of(
                "Jackson only in history, report, proxy and plan",
                only(HISTORY, REPORT, PROXY, PLAN).use("tools.jackson..", "com.fasterxml.."))
            .rejects(ROOT, "class Json { tools.jackson.databind.ObjectMapper it; }")
            .rejects(CHECK, "class Json { @com.fasterxml.jackson.annotation.JsonValue int it; }")
            .accepts(PLAN, "class Json { tools.jackson.databind.ObjectMapper it; }"),
        PlantedRule.of(
                "Testcontainers and docker-java only in backend.containers",
                only(CONTAINERS).use("org.testcontainers..", "com.github.dockerjava.."))
            .given("org.testcontainers.planted", "public class Engine {}")
            .given("com.github.dockerjava.planted", "public class Client {}")
            .rejects(LOCAL, "class Engines { org.testcontainers.planted.Engine it; }")
            .rejects(LINK, "class Clients { com.github.dockerjava.planted.Client it; }")
            .accepts(CONTAINERS, "class Engines { org.testcontainers.planted.Engine it; }"),
        PlantedRule.of(
                "the Toxiproxy client only in link", only(LINK).use("eu.rekawek.toxiproxy.."))
            .given("eu.rekawek.toxiproxy.planted", "public class Toxic {}")
            .rejects(ROOT + ".fault", "class Toxics { eu.rekawek.toxiproxy.planted.Toxic it; }")
            .accepts(LINK, "class Toxics { eu.rekawek.toxiproxy.planted.Toxic it; }"),
        PlantedRule.of("Netty only in proxy", only(PROXY).use("io.netty.."))
            .given("io.netty.planted", "public class Channel {}")
            .rejects(LINK, "class Channels { io.netty.planted.Channel it; }")
            .accepts(PROXY, "class Channels { io.netty.planted.Channel it; }"));
  }

  private static List<PlantedRule> manners() {
    return List.of(
        PlantedRule.of(
                "nobody sleeps",
                noClasses()
                    .should()
                    .accessTargetWhere(
                        target(name("sleep"))
                            .and(
                                target(
                                    owner(
                                        assignableTo(Thread.class)
                                            .or(assignableTo(TimeUnit.class)))))))
            .rejects(ROOT, "class Sleeps { void x() throws Exception { Thread.sleep(1); } }")
            .rejects(
                ROOT,
                "class SleepsInUnits { void x() throws Exception {"
                    + " java.util.concurrent.TimeUnit.DAYS.sleep(1); } }")
            .accepts(
                ROOT,
                "class Parks { void x() { java.util.concurrent.locks.LockSupport.parkNanos(1); } }"),
        PlantedRule.of("static fields are final", fields().that().areStatic().should().beFinal())
            .rejects(ROOT, "class Counter { static int count; }")
            .accepts(ROOT, "class Constant { static final int COUNT = 1; int own; }"),
        PlantedRule.of(
                "static fields hold no shared state",
                noFields()
                    .that()
                    .areStatic()
                    .should()
                    .haveRawType(
                        resideInAPackage("java.util.concurrent.atomic")
                            .or(assignableTo(ConcurrentMap.class))
                            .or(assignableTo(ThreadLocal.class))))
            .rejects(
                ROOT,
                "class AtomicCounter { static final java.util.concurrent.atomic.AtomicInteger N"
                    + " = null; }")
            .rejects(
                ROOT,
                "class Cache { static final java.util.concurrent.ConcurrentHashMap<String, String>"
                    + " M = null; }")
            .accepts(ROOT, "class Names { static final java.util.List<String> N = null; }"),
        PlantedRule.of(
                "extensions are package-private",
                classes().that().haveSimpleNameEndingWith("Extension").should().bePackagePrivate())
            .rejects(ROOT, "public class OpenExtension {}")
            .accepts(ROOT, "class HiddenExtension {}"),
        PlantedRule.of(
                "only the console prints",
                noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName(REPORT + ".Console")
                    .and()
                    .resideOutsideOfPackage(PROXY + "..")
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err"))
            .rejects(REPORT, "class Prints { void x() { System.out.println(1); } }")
            .rejects(ROOT, "class Complains { void x() { System.err.println(1); } }")
            .accepts(PROXY, "class Main { void x() { System.out.println(1); } }"));
  }

  /** Of pgdrill's own packages it knows itself and those. */
  private static ArchRule knowsOnly(String home, String... others) {
    return classes()
        .that()
        .resideInAPackage(home + "..")
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(ROOT + "..")
                .or(resideInAPackage(home + ".."))
                .or(resideInAnyPackage(others)));
  }

  private static Users only(String... packages) {
    return new Users(List.of(packages));
  }

  /** Those who may use a library. */
  private record Users(List<String> packages) {
    ArchRule use(String... libraries) {
      return noClasses()
          .that()
          .resideInAPackage(ROOT + "..")
          .and()
          .resideOutsideOfPackages(packages.toArray(String[]::new))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(libraries);
    }
  }

  /** Every package by itself, the root and those below another as well. */
  private static final class EachPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith(ROOT)
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "each package";
    }
  }
}
