package dev.pgdrill.backend.local;

import dev.pgdrill.backend.ProvisioningException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port on 127.0.0.1 that no other pgdrill run takes while the lease is held, also while the
 * server that uses it is down. The lease is the UDP port of the same number: binding it is atomic
 * across processes and users, and the kernel gives it back when the JVM ends, however it ends.
 *
 * <p>Ports lie below the kernel's range for outgoing connections, so that none of those sits on the
 * port of a server that is being restarted.
 */
final class PortLease implements AutoCloseable {
  private static final int WIDTH = 12_000;
  private static final int LOWEST = 1_024;
  private static final int DEFAULT_EPHEMERAL_START = 32_768;
  private static final Path EPHEMERAL_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  private final DatagramSocket lease;
  private final int port;

  private PortLease(DatagramSocket lease) {
    this.lease = lease;
    this.port = lease.getLocalPort();
  }

  static PortLease take() {
    int end = ephemeralStart();
    int start = Math.max(LOWEST, end - WIDTH);
    int width = end - start;
    int offset = ThreadLocalRandom.current().nextInt(width);
    for (int i = 0; i < width; i++) {
      DatagramSocket lease = tryLease(start + (offset + i) % width);
      if (lease != null) {
        return new PortLease(lease);
      }
    }
    throw new ProvisioningException(
        "no free port from %d to %d on 127.0.0.1: end what listens there".formatted(start, end));
  }

  private static int ephemeralStart() {
    try {
      int start = Integer.parseInt(Files.readString(EPHEMERAL_RANGE).strip().split("\\s+")[0]);
      return start > LOWEST + 1_000 ? start : DEFAULT_EPHEMERAL_START;
    } catch (IOException e) {
      return DEFAULT_EPHEMERAL_START;
    }
  }

  private static DatagramSocket tryLease(int port) {
    var loopback = InetAddress.getLoopbackAddress();
    DatagramSocket lease;
    try {
      lease = new DatagramSocket(new InetSocketAddress(loopback, port));
    } catch (SocketException e) {
      return null;
    }
    try (var probe = new ServerSocket(port, 1, loopback)) {
      return probe.isBound() ? lease : null;
    } catch (IOException e) {
      lease.close();
      return null;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    lease.close();
  }
}
