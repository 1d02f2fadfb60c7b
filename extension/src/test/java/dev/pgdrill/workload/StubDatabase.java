package dev.pgdrill.workload;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Plays pool, connection and server for one client; notes what it asks and fails where it is told.
 */
final class StubDatabase {
  enum Step {
    CHECKOUT,
    INSERT,
    COMMIT,
    CLOSE
  }

  /** What happens at a step instead of success. */
  @FunctionalInterface
  interface Action {
    void run() throws SQLException;
  }

  final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final Map<Step, Action> actions = new EnumMap<>(Step.class);
  private String xid = "7";
  private SQLWarning warning;

  StubDatabase at(Step step, Action action) {
    actions.put(step, action);
    return this;
  }

  StubDatabase failing(Step step, SQLException failure) {
    return at(
        step,
        () -> {
          throw failure;
        });
  }

  StubDatabase transactionId(String text) {
    xid = text;
    return this;
  }

  StubDatabase warning(SQLWarning atCommit) {
    warning = atCommit;
    return this;
  }

  DataSource pool() {
    return stub(
        DataSource.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "getConnection" -> reach(Step.CHECKOUT, "checkout", connection());
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private Connection connection() {
    return stub(
        Connection.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "prepareStatement" -> statement((String) arguments[0]);
              case "commit" -> reach(Step.COMMIT, "commit", null);
              case "getWarnings" -> warning;
              case "close" -> reach(Step.CLOSE, "close", null);
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private PreparedStatement statement(String sql) {
    return stub(
        PreparedStatement.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "setInt" -> asked.add(sql + " <- " + arguments[1]);
              case "executeQuery" -> reach(Step.INSERT, "insert", row());
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private ResultSet row() {
    return stub(
        ResultSet.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "next" -> true;
              case "getString" -> xid;
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private Object reach(Step step, String name, Object answer) throws SQLException {
    asked.add(name);
    if (actions.containsKey(step)) {
      actions.get(step).run();
    }
    return answer;
  }

  private static <T> T stub(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            StubDatabase.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
