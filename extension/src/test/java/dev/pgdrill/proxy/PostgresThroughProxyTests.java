package dev.pgdrill.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** A real PostgreSQL and a real driver, with TLS and without. */
@Tag("integration")
class PostgresThroughProxyTests {
  private static final String PLAIN = "sslmode=disable";
  private static final String TLS = "sslmode=require";
  private static final String LOST_CONNECTION = "08006";

  private static ThrowawayPostgres postgres;

  @RegisterExtension final ProxyFixture proxies = new ProxyFixture();

  private Proxy proxy;

  @BeforeAll
  static void startPostgres() throws Exception {
    postgres = new ThrowawayPostgres();
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  @BeforeEach
  void makeProxyAndTable() throws Exception {
    proxy = proxies.proxy(postgres.address());
    try (Connection direct = direct();
        Statement statement = direct.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS t; CREATE TABLE t (id int, note text)");
    }
  }

  private static Connection direct() throws SQLException {
    return DriverManager.getConnection(ThrowawayPostgres.url(postgres.address(), PLAIN));
  }

  private Connection proxied(String parameters) throws SQLException {
    return DriverManager.getConnection(ThrowawayPostgres.url(proxy.getListen(), parameters));
  }

  private static int rows() throws SQLException {
    try (Connection direct = direct();
        Statement statement = direct.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM t")) {
      result.next();
      return result.getInt(1);
    }
  }

  private void toxic(String json) {
    ProxyFixture.Answer answer = proxies.call("POST", "/proxies/p/toxics", json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, TLS})
  void copyOfTwoHundredMegabytesBothWays(String parameters) throws Exception {
    byte[] line =
        ("1\t" + "x".repeat(997) + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    int lines = 200_000;
    byte[] block = new byte[line.length * 1000];
    for (int i = 0; i < 1000; i++) {
      System.arraycopy(line, 0, block, i * line.length, line.length);
    }
    try (Connection connection = proxied(parameters)) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      InputStream in =
          new SequenceInputStream(
              Collections.enumeration(
                  IntStream.range(0, lines / 1000)
                      .mapToObj(i -> (InputStream) new java.io.ByteArrayInputStream(block))
                      .toList()));

      assertThat(copy.copyIn("COPY t FROM STDIN", in)).isEqualTo(lines);

      long[] size = {0};
      OutputStream counting =
          new OutputStream() {
            @Override
            public void write(int b) {
              size[0]++;
            }

            @Override
            public void write(byte[] b, int off, int len) {
              size[0] += len;
            }
          };
      assertThat(copy.copyOut("COPY t TO STDOUT", counting)).isEqualTo(lines);
      assertThat(size[0]).isEqualTo((long) line.length * lines);
    }
    assertThat(rows()).isEqualTo(lines);
    assertThat(proxies.server().bufferMemory()).isLessThan(16 << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, TLS})
  void notificationsArrive(String parameters) throws Exception {
    try (Connection listening = proxied(parameters);
        Connection notifying = proxied(parameters)) {
      listening.createStatement().execute("LISTEN bell");

      notifying.createStatement().execute("NOTIFY bell, 'ding'");

      var notifications = listening.unwrap(PGConnection.class).getNotifications(10_000);
      assertThat(notifications).hasSize(1);
      assertThat(notifications[0].getParameter()).isEqualTo("ding");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, TLS})
  void aQueryIsCancelledThroughTheProxy(String parameters) throws Exception {
    try (Connection connection = proxied(parameters);
        Statement statement = connection.createStatement()) {
      Thread canceller =
          Peers.daemon(
              () -> {
                Peers.await("the query runs", PostgresThroughProxyTests::sleeps);
                try {
                  statement.cancel();
                } catch (SQLException e) {
                  throw new java.io.IOException(e);
                }
              });

      assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      canceller.join(Peers.DEADLINE_MILLIS);
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  private static boolean sleeps() {
    try (Connection direct = direct();
        ResultSet found =
            direct
                .createStatement()
                .executeQuery(
                    "SELECT 1 FROM pg_stat_activity WHERE state = 'active'"
                        + " AND query LIKE 'SELECT pg_sleep%' AND pid <> pg_backend_pid()")) {
      return found.next();
    } catch (SQLException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
  void theCommitIsDoneAndTheClientDoesNotKnow(String mode) throws Exception {
    try (Connection open = proxied(PLAIN + "&preferQueryMode=" + mode)) {
      open.setAutoCommit(false);
      toxic("{\"type\":\"pg_cut_on_commit\"}");
      insert(open, 0);

      assertUnknown(open);
    }
    for (int i = 1; i < 5; i++) {
      try (Connection connection = proxied(PLAIN + "&preferQueryMode=" + mode)) {
        connection.setAutoCommit(false);
        insert(connection, i);

        assertUnknown(connection);
      }
    }

    Peers.await("every row is there", () -> count() == 5);
    assertThat(proxies.events(ProxyEvent.Kind.MATCHED)).hasSize(5);
  }

  private static int count() {
    try {
      return rows();
    } catch (SQLException e) {
      return -1;
    }
  }

  private static void insert(Connection connection, int id) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, 'x')")) {
      insert.setInt(1, id);
      insert.executeUpdate();
    }
  }

  private static void assertUnknown(Connection connection) {
    assertThatThrownBy(connection::commit)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(LOST_CONNECTION));
  }

  @Test
  void aServerPreparedStatementIsCutBeforeItRuns() throws Exception {
    try (Connection connection = proxied(PLAIN + "&prepareThreshold=1");
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, 'x')")) {
      for (int i = 0; i < 3; i++) {
        insert.setInt(1, i);
        insert.executeUpdate();
      }
      toxic(
          "{\"type\":\"pg_cut_on_message\",\"stream\":\"upstream\","
              + "\"attributes\":{\"query\":\"^INSERT INTO t\"}}");

      assertThatThrownBy(insert::executeUpdate)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(LOST_CONNECTION));
    }
    assertThat(rows()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended"})
  void onlyTheMatchingQueryIsDelayed(String mode) throws Exception {
    toxic(
        "{\"type\":\"pg_delay_message\",\"stream\":\"upstream\","
            + "\"attributes\":{\"query\":\"slow\",\"delay\":300}}");
    try (Connection connection = proxied(PLAIN + "&preferQueryMode=" + mode);
        Statement statement = connection.createStatement()) {
      long start = System.nanoTime();
      statement.execute("SELECT 'fast'");
      long fast = System.nanoTime() - start;
      statement.execute("SELECT 'slow'");
      long slow = System.nanoTime() - start - fast;

      assertThat(fast / 1_000_000).isLessThan(290);
      assertThat(slow / 1_000_000).isGreaterThanOrEqualTo(299);
    }
  }

  @Test
  void anEncryptedSessionWorksAndIsReportedAsBlind() throws Exception {
    toxic("{\"type\":\"pg_cut_on_commit\"}");
    try (Connection connection = proxied(TLS)) {
      connection.setAutoCommit(false);
      insert(connection, 1);
      connection.commit();
    }

    assertThat(rows()).isEqualTo(1);
    assertThat(proxies.events(ProxyEvent.Kind.BLIND)).hasSize(1);
  }
}
