package dev.pgdrill.proxy;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Holds each message that matches, and everything behind it in its direction, for delay +- jitter
 * milliseconds.
 *
 * @param message as for {@link PgCutOnMessage}
 * @param query as for {@link PgCutOnMessage}
 */
record PgDelayMessage(long delay, long jitter, String message, String query) implements PgToxic {
  PgDelayMessage {
    Toxic.require(delay >= 0, "delay must not be negative");
    Toxic.require(jitter >= 0, "jitter must not be negative");
    MessageMatch.check(message, query);
  }

  private long drawNanos() {
    long millis =
        jitter == 0 ? delay : delay + ThreadLocalRandom.current().nextLong(-jitter, jitter);
    return TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
  }

  @Override
  public void check(Direction stream) {
    MessageMatch.check(stream, query);
  }

  @Override
  public PgRule start(Direction stream) {
    return new Rule(this, MessageMatch.of(stream, message, query));
  }

  private record Rule(PgDelayMessage toxic, MessageMatch match) implements PgRule {
    @Override
    public Verdict judge(PgMessage message) {
      return match.matches(message) ? new Verdict(false, toxic.drawNanos()) : Verdict.PASS;
    }

    @Override
    public boolean readsQueries() {
      return match.readsQueries();
    }
  }
}
