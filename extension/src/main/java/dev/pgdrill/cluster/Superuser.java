package dev.pgdrill.cluster;

import java.sql.SQLException;

/** Short-lived superuser sessions whose errors name the server and the command. */
record Superuser(String server, Connector connector) {

  @FunctionalInterface
  interface Connector {
    Sql connect() throws SQLException;
  }

  String query(String sql) {
    try (var session = connector.connect()) {
      return session.text(sql);
    } catch (SQLException e) {
      throw new CommandFailedException(server, sql, e);
    }
  }

  void run(String... commands) {
    String current = "connect";
    try (var session = connector.connect()) {
      for (String command : commands) {
        current = command;
        session.run(command);
      }
    } catch (SQLException e) {
      throw new CommandFailedException(server, current, e);
    }
  }
}
