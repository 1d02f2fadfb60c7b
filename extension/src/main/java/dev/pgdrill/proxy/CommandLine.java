package dev.pgdrill.proxy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The server as a program. */
final class CommandLine {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private static final String HELP =
      """
      A TCP fault proxy with Toxiproxy's HTTP API.

      usage: java -cp ... dev.pgdrill.proxy.ProxyServer [options]

        --host HOST      where the HTTP API listens (default: localhost)
        --port PORT      its port, 0 for one that is free (default: 8474)
        --config FILE    JSON array of proxies to create at the start, as for POST /populate
        --version        print the version and exit
        --help           print this and exit

      Runs until it gets SIGINT or SIGTERM.
      Exit codes: 0 ended as asked, 1 could not start, 2 wrong usage.
      """;

  private String host = "localhost";
  private int port = ProxyServer.DEFAULT_PORT;
  private String config;

  /** Returns the exit code; with a server running, only when the thread is interrupted. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    CommandLine line = new CommandLine();
    try {
      for (int i = 0; i < args.length; i++) {
        String option = args[i].replaceFirst("^--?", "--");
        if (option.equals("--help") || option.equals("--h")) {
          out.print(HELP);
          return OK;
        }
        if (option.equals("--version")) {
          out.println("pgdrill-proxy version " + Api.VERSION);
          return OK;
        }
        int equals = option.indexOf('=');
        if (equals > 0) {
          line.set(option.substring(0, equals), option.substring(equals + 1));
        } else if (i + 1 < args.length) {
          line.set(option, args[++i]);
        } else {
          throw new IllegalArgumentException(option + " needs a value, or is no option");
        }
      }
    } catch (IllegalArgumentException e) {
      err.println("error: " + e.getMessage());
      err.print(HELP);
      return USAGE;
    }
    return line.serve(out, err);
  }

  private void set(String option, String value) {
    switch (option) {
      case "--host" -> host = value;
      case "--port" -> port = port(value);
      case "--config" -> config = value;
      default -> throw new IllegalArgumentException("unknown option " + option);
    }
  }

  private static int port(String value) {
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
      throw new IllegalArgumentException("--port must be a number from 0 to 65535, not " + value);
    }
    return Integer.parseInt(value);
  }

  private int serve(PrintStream out, PrintStream err) {
    try (ProxyServer server = ProxyServer.start(host, port)) {
      if (config != null) {
        server.populate(Files.readString(Path.of(config)));
      }
      out.println("listening on " + HostPort.of(server.address()));
      new CountDownLatch(1).await();
      return OK;
    } catch (IOException | IllegalArgumentException e) {
      String file = config != null && !(e instanceof java.net.BindException) ? config + ": " : "";
      err.println("error: " + (e instanceof IllegalArgumentException ? file : "") + e);
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OK;
    }
  }
}
