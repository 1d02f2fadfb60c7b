package dev.pgdrill.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTests {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return CommandLine.run(args, print(out), print(err));
  }

  private static PrintStream print(ByteArrayOutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-help", "-h"})
  void helpGoesToTheOutput(String option) {
    assertThat(run(option)).isEqualTo(CommandLine.OK);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--port PORT").contains("8474");
    assertThat(err.size()).isZero();
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isEqualTo(CommandLine.OK);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(Api.VERSION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--port=x", "--port=70000", "--nonsense=1", "nonsense"})
  void wrongUsageHasItsOwnExitCode(String argument) {
    assertThat(run(argument)).isEqualTo(CommandLine.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: ").contains("usage:");
  }

  @Test
  void anOccupiedPortIsAFailure() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("--host", "127.0.0.1", "--port", "" + taken.getLocalPort()))
          .isEqualTo(CommandLine.FAILED);
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot listen on 127.0.0.1:");
  }

  @Test
  void aWrongConfigurationIsAFailureThatNamesTheFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("c.json"), "[{\"name\":\"x\"}]");

    assertThat(run("--host=127.0.0.1", "--port=0", "--config=" + file))
        .isEqualTo(CommandLine.FAILED);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(file.toString())
        .contains("missing required field: upstream at proxy 1");
  }

  @Test
  void servesWhatTheConfigurationSaysUntilItIsStopped(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("c.json"),
            "[{\"name\":\"x\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\"}]");
    Thread serving =
        new Thread(() -> run("-host", "127.0.0.1", "-port", "0", "-config", file.toString()));
    serving.start();
    Peers.await("it listens", () -> out.toString(StandardCharsets.UTF_8).endsWith("\n"));
    String address = out.toString(StandardCharsets.UTF_8).trim().replace("listening on ", "");

    assertThat(
            new eu.rekawek.toxiproxy.ToxiproxyClient("127.0.0.1", HostPort.parse(address).port())
                .getProxy("x")
                .isEnabled())
        .isTrue();

    serving.interrupt();
    serving.join(Peers.DEADLINE_MILLIS);
    assertThat(serving.isAlive()).isFalse();
  }
}
