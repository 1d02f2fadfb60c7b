package dev.pgdrill.workload;

/**
 * Clients that insert rows with unique ids, one transaction each.
 *
 * @param clients concurrent connections, each a thread: 1 to 1000
 * @param perSecond scheduled arrivals a second over all clients; 0 for a closed loop, in which each
 *     client writes again as soon as it has an answer, so that stalls hide latency
 * @param direct straight to the server that is primary at the start, past the pooler
 */
public record WriteLoad(int clients, double perSecond, boolean direct) {

  /**
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  public WriteLoad {
    if (clients < 1 || clients > 1_000) {
      throw new IllegalArgumentException("clients is %d, expected 1 to 1000".formatted(clients));
    }
    if (!(perSecond >= 0 && perSecond <= 1_000_000)) {
      throw new IllegalArgumentException(
          "perSecond is %s, expected 0 (closed loop) to 1000000".formatted(perSecond));
    }
  }

  /** Eight clients, 200 writes a second, through the pooler where there is one. */
  public static WriteLoad writes() {
    return new WriteLoad(8, 200, false);
  }

  public WriteLoad clients(int count) {
    return new WriteLoad(count, perSecond, direct);
  }

  public WriteLoad perSecond(double arrivals) {
    return new WriteLoad(clients, arrivals, direct);
  }

  /** Each client writes again as soon as it has an answer. */
  public WriteLoad closedLoop() {
    return new WriteLoad(clients, 0, direct);
  }

  /** Past the pooler. */
  public WriteLoad directly() {
    return new WriteLoad(clients, perSecond, true);
  }
}
