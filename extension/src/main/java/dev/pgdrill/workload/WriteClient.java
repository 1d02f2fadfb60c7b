package dev.pgdrill.workload;

import dev.pgdrill.history.Outcome;
import dev.pgdrill.history.Recorder;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** One client: takes an arrival, makes one transaction of it, notes the outcome, never retries. */
final class WriteClient implements Runnable {
  private final DataSource pool;
  private final Arrivals arrivals;
  private final Recorder recorder;
  private final String insert;
  private volatile Arrivals.Arrival inFlight;
  private volatile Throwable died;

  WriteClient(DataSource pool, Arrivals arrivals, Recorder recorder, String table) {
    this.pool = pool;
    this.arrivals = arrivals;
    this.recorder = recorder;
    this.insert = "insert into " + table + " (id) values (?) returning pg_current_xact_id()";
  }

  @Override
  public void run() {
    try {
      var next = arrivals.next();
      while (next.isPresent()) {
        Arrivals.Arrival arrival = next.get();
        inFlight = arrival;
        recorder.invoked(arrival.id());
        complete(arrival, write(arrival.id()));
        next = arrivals.next();
      }
    } catch (RuntimeException | Error e) {
      died = e;
    }
  }

  private Outcome write(int id) {
    Connection connection;
    try {
      connection = pool.getConnection();
    } catch (SQLException e) {
      return Outcomes.beforeCommit(e);
    }
    try {
      return write(connection, id);
    } finally {
      close(connection);
    }
  }

  private Outcome write(Connection connection, int id) {
    int xid;
    try (var statement = connection.prepareStatement(insert)) {
      statement.setInt(1, id);
      try (var result = statement.executeQuery()) {
        result.next();
        xid = (int) Long.parseLong(result.getString(1));
      }
    } catch (SQLException e) {
      return Outcomes.beforeCommit(e);
    }
    try {
      connection.commit();
      return Outcomes.committed(xid, connection.getWarnings());
    } catch (SQLException e) {
      return Outcomes.atCommit(e);
    }
  }

  // The outcome is known by now; what a broken connection says while it is put back is not news.
  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      return;
    }
  }

  /** Whoever comes first, the client or {@link #abandon}, says how the write ended. */
  private synchronized void complete(Arrivals.Arrival arrival, Outcome outcome) {
    if (arrival.equals(inFlight)) {
      recorder.completed(arrival.id(), arrival.intendedNs(), System.nanoTime(), outcome);
      inFlight = null;
    }
  }

  /** A write that does not end: nobody will wait for its answer any more. */
  void abandon() {
    Arrivals.Arrival arrival = inFlight;
    if (arrival != null) {
      complete(arrival, new Outcome.Unknown("", "no answer before the load was stopped"));
    }
  }

  /** Why the client ended before it was told to, null if it did not. */
  Throwable died() {
    return died;
  }
}
