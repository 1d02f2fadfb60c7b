package dev.pgdrill.workload;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pgdrill.cluster.Access;
import dev.pgdrill.topology.Endpoint;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** The connection pool of the clients, as an application has one. */
final class ClientPool {
  /** How long a write waits for a connection before it fails. */
  private static final Duration CHECKOUT = Duration.ofSeconds(2);

  /** How long an answer may take: without this a lost server hangs a client for hours. */
  static final Duration SOCKET = Duration.ofSeconds(10);

  private ClientPool() {}

  static HikariDataSource open(Endpoint endpoint, Access access, int size) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {endpoint.host()});
    source.setPortNumbers(new int[] {endpoint.port()});
    source.setDatabaseName(access.database());
    source.setUser(access.app().user());
    source.setPassword(access.app().password());
    source.setApplicationName("pgdrill-workload");
    source.setSslMode("disable");
    source.setConnectTimeout((int) CHECKOUT.toSeconds());
    source.setLoginTimeout((int) CHECKOUT.toSeconds());
    source.setSocketTimeout((int) SOCKET.toSeconds());
    // Transaction pooling before PgBouncer 1.21 loses server-side prepared statements.
    source.setPrepareThreshold(0);

    var config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName("pgdrill-workload");
    config.setMaximumPoolSize(size);
    config.setAutoCommit(false);
    config.setConnectionTimeout(CHECKOUT.toMillis());
    config.setValidationTimeout(1_000);
    return new HikariDataSource(config);
  }
}
