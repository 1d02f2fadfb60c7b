package dev.pgdrill.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server for one test class, with TLS, from the machine's own binaries. Stands alone
 * until the project's local backend can take its place.
 */
final class ThrowawayPostgres implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final Path directory;
  private final Path binaries;
  private final Process process;
  private final int port;

  ThrowawayPostgres() throws IOException, GeneralSecurityException {
    binaries = newestBinaries();
    directory = Files.createTempDirectory("proxy-pg");
    Path data = directory.resolve("data");
    boolean started = false;
    try {
      makeKeys();
      ownByNobody();
      run("initdb", "-D", data.toString(), "-U", "postgres", "-A", "trust", "--no-sync");
      port = freePort();
      process = start(data);
      Peers.await("postgres answers", Duration.ofSeconds(30), this::answers);
      started = true;
    } finally {
      if (!started) {
        delete();
      }
    }
  }

  private static Path newestBinaries() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .max(Comparator.comparing(path -> Integer.parseInt(path.getFileName().toString())))
          .orElseThrow()
          .resolve("bin");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** PostgreSQL does not run as root. */
  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (root()) {
      command.addAll(
          List.of("setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"));
    }
    command.add(binaries.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private void run(String program, String... arguments) throws IOException {
    execute(command(program, arguments));
  }

  private void execute(List<String> command) throws IOException {
    Process child = builder(command).start();
    try {
      if (!child.waitFor(60, TimeUnit.SECONDS) || child.exitValue() != 0) {
        child.destroyForcibly();
        throw new IOException(command + ": " + Files.readString(log()));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private ProcessBuilder builder(List<String> command) {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
  }

  private Path log() {
    return directory.resolve("log");
  }

  private Process start(Path data) throws IOException {
    List<String> settings =
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "ssl=on",
            "ssl_cert_file=" + directory.resolve("server.crt"),
            "ssl_key_file=" + directory.resolve("server.key"));
    List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", "" + port));
    settings.forEach(setting -> arguments.addAll(List.of("-c", setting)));
    return builder(command("postgres", arguments.toArray(String[]::new))).start();
  }

  /** keytool comes with every JDK; openssl might not be there. */
  private void makeKeys() throws IOException, GeneralSecurityException {
    Path store = directory.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    execute(
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "pg",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=localhost",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    pem("server.key", "PRIVATE KEY", keys.getKey("pg", PASSWORD.toCharArray()).getEncoded());
    pem("server.crt", "CERTIFICATE", keys.getCertificate("pg").getEncoded());
  }

  private void pem(String name, String type, byte[] content) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(type, Base64.getMimeEncoder().encodeToString(content), type));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void ownByNobody() throws IOException {
    if (root()) {
      var nobody =
          directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      for (String name : List.of("", "server.key", "server.crt")) {
        Files.setOwner(directory.resolve(name), nobody);
      }
    }
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new AssertionError("postgres has ended");
    }
    try (Connection connection = DriverManager.getConnection(url(address(), "sslmode=disable"))) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  static String url(String address, String parameters) {
    return "jdbc:postgresql://" + address + "/postgres?user=postgres&" + parameters;
  }

  @Override
  public void close() {
    try {
      // SIGTERM would wait for every client, SIGKILL would leave shared memory behind.
      new ProcessBuilder("sh", "-c", "kill -s INT " + process.pid()).start().waitFor();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    delete();
  }

  /** The postmaster's children notice its death, but may still write for a moment. */
  private void delete() {
    Peers.await(
        "the directory is gone",
        () -> {
          try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
              Files.deleteIfExists(file);
            }
            return true;
          } catch (IOException | UncheckedIOException e) {
            return false;
          }
        });
  }
}
