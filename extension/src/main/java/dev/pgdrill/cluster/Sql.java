package dev.pgdrill.cluster;

import dev.pgdrill.plan.Timeouts;
import dev.pgdrill.topology.Credentials;
import dev.pgdrill.topology.Endpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;

/**
 * A connection of the harness to a server or pooler. Every step has a deadline: connecting takes at
 * most 5 s, and an answer at most {@code answerWithin}; both times {@code pgdrill.timeoutFactor}.
 */
public final class Sql implements AutoCloseable {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  /** The driver warns at each connection to PgBouncer's console that it is an old PostgreSQL. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql.jdbc.PgConnection");

  static {
    DRIVER.setFilter(record -> !record.getMessage().startsWith("Unsupported Server Version"));
  }

  /** Turns a row into a value. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;

  private Sql(Connection connection) {
    this.connection = connection;
  }

  /** Logs in; the caller closes it. */
  public static Sql connect(Endpoint endpoint, String database, Credentials who)
      throws SQLException {
    return new Sql(open(endpoint, database, who, new Properties()));
  }

  /** For PgBouncer's console, which speaks the simple protocol only. */
  static Sql console(Endpoint endpoint, Credentials who) throws SQLException {
    var simple = new Properties();
    simple.setProperty("preferQueryMode", "simple");
    // pgjdbc sends SET extra_float_digits to servers that say they are older than 12, and the
    // console
    // refuses it (pgbouncer#1509). Of replication connections it knows that they refuse SET;
    // without
    // assumeMinServerVersion this setting reaches no server.
    simple.setProperty("replication", "false");
    return new Sql(open(endpoint, "pgbouncer", who, simple));
  }

  private static Connection open(
      Endpoint endpoint, String database, Credentials who, Properties properties)
      throws SQLException {
    String url = "jdbc:postgresql://%s/%s".formatted(endpoint, database);
    properties.setProperty("user", who.user());
    properties.setProperty("password", who.password());
    properties.setProperty("ApplicationName", "pgdrill");
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("connectTimeout", seconds(CONNECT_WITHIN));
    properties.setProperty("loginTimeout", seconds(CONNECT_WITHIN));
    properties.setProperty("socketTimeout", seconds(ANSWER_WITHIN));
    return DriverManager.getConnection(url, properties);
  }

  private static String seconds(Duration budget) {
    return Long.toString(Math.max(1, Timeouts.scaled(budget).toSeconds()));
  }

  /** All rows. */
  public <T> List<T> rows(String query, Row<T> reader) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      var rows = new ArrayList<T>();
      while (result.next()) {
        rows.add(reader.read(result));
      }
      return rows;
    }
  }

  /**
   * The first column of the only row, as text; null stays null.
   *
   * @throws SQLException also when there is no row or more than one
   */
  public String text(String query) throws SQLException {
    List<String> values = rows(query, row -> row.getString(1));
    if (values.size() != 1) {
      throw new SQLException("expected one row, got %d: %s".formatted(values.size(), query));
    }
    return values.get(0);
  }

  public void run(String command) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  /** The JDBC connection itself, for what this class does not offer. */
  public Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** A string as an SQL literal. */
  public static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
