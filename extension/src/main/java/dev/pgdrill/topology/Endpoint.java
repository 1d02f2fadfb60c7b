package dev.pgdrill.topology;

/**
 * Where a server listens.
 *
 * @param host name or address
 * @param port TCP port, 1 to 65535
 */
public record Endpoint(String host, int port) {

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
