package dev.pgdrill.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgdrill.backend.ProvisioningException;
import dev.pgdrill.plan.InvalidSettingException;
import dev.pgdrill.plan.Setting;
import dev.pgdrill.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Which programs are taken, with scripts that say they are PostgreSQL and PgBouncer. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class BinaryFinderTests {
  private static final RunAs USER = RunAs.current();
  private static final List<Setting> SETTINGS =
      List.of(Setting.POSTGRES_BIN, Setting.POSTGRES_VERSION, Setting.PGBOUNCER_BIN);

  @TempDir private Path folder;

  @BeforeEach
  @AfterEach
  void clear() {
    SETTINGS.forEach(setting -> System.clearProperty(setting.property()));
  }

  @BeforeEach
  void letEverybodyIn() throws IOException {
    for (Path at = folder;
        !at.equals(Path.of("/tmp")) && at.getNameCount() > 1;
        at = at.getParent()) {
      Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private Path installation(String name, String version) throws IOException {
    Path bin = Files.createDirectories(folder.resolve(name));
    for (String program : List.of("postgres", "initdb", "pg_waldump")) {
      script(bin.resolve(program), "echo 'postgres (PostgreSQL) %s'".formatted(version));
    }
    return bin;
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private BinaryFinder finder(Path... folders) {
    var packages = new PackageCache(folder.resolve("cache"), new AptPackages("no-such-apt-get"));
    return new BinaryFinder(Arrays.asList(folders), packages, USER);
  }

  @Test
  void theNewestInstalledIsTaken() throws IOException {
    var finder = finder(installation("a", "15.18"), installation("b", "17.2"));

    var found = finder.find(Topology.primaryOnly()).postgres();

    assertThat(found.major()).isEqualTo(17);
    assertThat(found.version()).isEqualTo("17.2");
  }

  @Test
  void theMajorThatIsAskedForIsTaken() throws IOException {
    var finder = finder(installation("a", "15.18"), installation("b", "17.2"));

    System.setProperty(Setting.POSTGRES_VERSION.property(), "15");
    var bySetting = finder.find(Topology.primaryOnly()).postgres();
    var byTopology = finder.find(Topology.primaryOnly().withPostgresMajor(17)).postgres();

    assertThat(bySetting.major()).isEqualTo(15);
    assertThat(byTopology.major()).isEqualTo(17);
  }

  @Test
  void aMajorThatCannotBeHadIsNamedWithWhatThereIs() throws IOException {
    var finder = finder(installation("a", "15.18"));

    assertThatThrownBy(() -> finder.find(Topology.primaryOnly().withPostgresMajor(16)))
        .isInstanceOf(ProvisioningException.class)
        .hasMessageContainingAll(
            "PostgreSQL 16 cannot be had: installed: 15.18 in " + folder.resolve("a"),
            "no apt-get",
            "-Dpgdrill.postgres.bin=DIR");
  }

  @Test
  void aVersionThatIsNoMajorIsRefused() {
    System.setProperty(Setting.POSTGRES_VERSION.property(), "newest");

    assertThatThrownBy(() -> finder().find(Topology.primaryOnly()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll("pgdrill.postgres.version", "\"newest\"", "such as 15");
  }

  @Test
  void theConfiguredFolderIsTheOnlyOne() throws IOException {
    var finder = finder(installation("a", "17.2"));
    System.setProperty(
        Setting.POSTGRES_BIN.property(), installation("configured", "14.1").toString());

    assertThat(finder.find(Topology.primaryOnly()).postgres().major()).isEqualTo(14);
    assertThatThrownBy(() -> finder.find(Topology.primaryOnly().withPostgresMajor(17)))
        .isInstanceOf(ProvisioningException.class)
        .hasMessageContainingAll("PostgreSQL 17 is asked for", "which has 14.1");
  }

  @Test
  void aConfiguredFolderWithoutProgramsIsNamed() throws IOException {
    var finder = finder(installation("a", "17.2"));
    System.setProperty(Setting.POSTGRES_BIN.property(), folder.toString());

    assertThatThrownBy(() -> finder.find(Topology.primaryOnly()))
        .isInstanceOf(ProvisioningException.class)
        .hasMessageContainingAll("pgdrill.postgres.bin is " + folder, "initdb");
  }

  @Test
  void aBrokenInstallationIsPassedOver() throws IOException {
    Path broken = installation("broken", "17.2");
    script(broken.resolve("postgres"), "echo 'cannot open shared object file' >&2; exit 127");

    var found = finder(broken, installation("sound", "15.18")).find(Topology.primaryOnly());

    assertThat(found.postgres().bin()).isEqualTo(folder.resolve("sound"));
  }

  @Test
  void withoutPgBouncerTheRemedyIsNamed() throws IOException {
    var finder = finder(installation("a", "15.18"));

    assertThatThrownBy(() -> finder.find(Topology.primaryOnly().withPooler()))
        .isInstanceOf(ProvisioningException.class)
        .hasMessageContainingAll(
            "PgBouncer cannot be had",
            "no apt-get",
            "-Dpgdrill.pgbouncer.bin=DIR",
            "pooler = false");
  }

  @Test
  void pgBouncerIsFoundOnThePath() throws IOException {
    Path sbin = Files.createDirectories(folder.resolve("sbin"));
    script(sbin.resolve("pgbouncer"), "echo PgBouncer 1.24.1");

    var found = finder(installation("a", "15.18"), sbin).find(Topology.primaryOnly().withPooler());

    assertThat(found.pgbouncer().orElseThrow().version()).isEqualTo("1.24.1");
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    var packages = new PackageCache(file.resolve("cache"), new AptPackages());
    var finder = new BinaryFinder(List.of(), packages, USER);

    assertThatThrownBy(() -> finder.find(Topology.primaryOnly()))
        .isInstanceOf(ProvisioningException.class)
        .hasMessageContainingAll(
            "none is installed", "nothing can be fetched into the cache", "-Dpgdrill.cache=DIR");
  }

  @Test
  void theRemedyFitsTheDistribution() {
    assertThat(Remedy.install("pgbouncer", "ID=debian\n")).endsWith("apt-get install pgbouncer");
    assertThat(Remedy.install("pgbouncer", "ID=ubuntu\nID_LIKE=debian\n"))
        .endsWith("apt-get install pgbouncer");
    assertThat(Remedy.install("postgresql-17", "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"))
        .endsWith("dnf install postgresql-server");
    assertThat(Remedy.install("postgresql-17", "NAME=Alpine\nID=alpine\n"))
        .endsWith("apk add postgresql17");
    assertThat(Remedy.install("pgbouncer", "ID=other\n")).contains("package manager");
  }
}
