package dev.pgdrill.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.pgdrill.plan.Setting;
import dev.pgdrill.plan.SettingOverrides;
import dev.pgdrill.topology.Credentials;
import dev.pgdrill.topology.Lsn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodeTests {
  @RegisterExtension final SettingOverrides settings = new SettingOverrides();

  private final StubServer server = new StubServer();
  private final List<String> journal = new ArrayList<>();
  private final Node node =
      new Node(
          "pg1",
          server,
          new Access(new Credentials("admin", "s3cret"), new Credentials("app", "x"), "app"),
          (kind, name, data) -> journal.add(kind.text() + " " + name + " " + data));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void killIsEffectiveOnceConnectionsAreRefused() {
    node.kill();

    assertThat(server.asked).containsExactly("kill");
    assertThat(journal)
        .containsExactly("fault.requested pg1 {fault=kill}", "fault.effective pg1 {fault=kill}");
  }

  @Test
  void killThatLeavesThePortOpenIsNotEffective() throws IOException {
    settings.set(Setting.TIMEOUT_FACTOR, "0.1");
    try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      server.listeningAt(listening.getLocalPort());

      assertThatThrownBy(node::kill)
          .isInstanceOf(NotInTimeException.class)
          .hasMessageContaining("not connections to pg1 refused")
          .hasMessageEndingWith("last seen: a connection was accepted");
    }

    assertThat(journal).containsExactly("fault.requested pg1 {fault=kill}");
  }

  @Test
  void stopSaysHow() {
    node.stop(StopMode.IMMEDIATE);

    assertThat(server.asked).containsExactly("stop IMMEDIATE");
    assertThat(journal)
        .containsExactly(
            "fault.requested pg1 {fault=stop.immediate}",
            "fault.effective pg1 {fault=stop.immediate}");
  }

  @Test
  void fencedNodeIsDownAndRefusesToStart() {
    node.fence("a failover replaced it");

    assertThat(server.asked).containsExactly("kill");
    assertThatThrownBy(node::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("pg1 is fenced: a failover replaced it");
    assertThat(server.asked).doesNotContain("start");
  }

  @Test
  void fencingANodeThatIsDownKillsNothing() {
    server.down();

    node.fence("a failover replaced it");

    assertThat(server.asked).isEmpty();
    assertThatThrownBy(node::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void startOfAProcessThatEndsIsGivenUpAtOnceWithItsLastWords() {
    server.dead("exit code 1: could not bind");

    assertThatThrownBy(node::start)
        .isInstanceOf(HopelessException.class)
        .hasMessage("pg1 did not start: exit code 1: could not bind");
    assertThat(server.asked).containsExactly("start");
    assertThat(journal).isEmpty();
  }

  @Test
  void serverThatDoesNotAnswerIsNoPrimary() {
    assertThat(node.isPrimary()).isFalse();
    server.down();
    assertThat(node.isPrimary()).isFalse();
  }

  @Test
  void failedCommandNamesServerCommandAndState() {
    assertThatThrownBy(() -> node.query("select 1"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith("pg1: \"select 1\" failed: ")
        .hasMessageEndingWith("(SQLSTATE 08001)")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> node.run("checkpoint"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith("pg1: \"connect\" failed: ");
  }

  @Test
  void commitsAreReadFromTheServersOwnWalFromThePointOn() {
    server.toolResult =
        new CommandResult(
            0,
            "rmgr: Transaction len (rec/tot): 34/34, tx: 733, lsn: 0/3000060, prev 0/3000028,"
                + " desc: COMMIT 2026-01-01 00:00:00.000000 UTC\n",
            "");

    var commits = node.commitsSince(3, Lsn.parse("0/3000028"));

    assertThat(commits).containsExactly(entry(733L, Lsn.parse("0/3000060")));
    assertThat(server.asked)
        .containsExactly(
            "pg_waldump --path=pg_wal --timeline=3 --start=0/3000028 --rmgr=Transaction");
  }
}
