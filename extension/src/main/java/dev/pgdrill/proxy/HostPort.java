package dev.pgdrill.proxy;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/**
 * An address as Go writes it: {@code host:port}, {@code [v6]:port}, or {@code :port} for all
 * interfaces.
 */
record HostPort(String host, int port) {

  static HostPort parse(String address) {
    int colon = address.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("address " + address + ": missing port in address");
    }
    String host = address.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("address " + address + ": too many colons in address");
    }
    return new HostPort(host, parsePort(address, address.substring(colon + 1)));
  }

  private static int parsePort(String address, String port) {
    if (port.isEmpty()) {
      return 0;
    }
    try {
      int number = Integer.parseInt(port);
      if (number >= 0 && number <= 65535) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    throw new IllegalArgumentException("address " + address + ": invalid port");
  }

  static String format(InetSocketAddress address) {
    return of(address).toString();
  }

  static HostPort of(InetSocketAddress address) {
    return new HostPort(NetUtil.toAddressString(address.getAddress()), address.getPort());
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
