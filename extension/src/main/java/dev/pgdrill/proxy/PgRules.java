package dev.pgdrill.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The PostgreSQL-aware toxics at work on one connection. */
final class PgRules {
  private static final class Active {
    final ToxicSpec spec;
    final double draw;
    final PgRule rule;
    boolean blindReported;

    Active(ToxicSpec spec, double draw) {
      this.spec = spec;
      this.draw = draw;
      rule = draw < spec.toxicity() ? ((PgToxic) spec.toxic()).start(spec.stream()) : null;
    }
  }

  private final Connection connection;
  private List<Active> all = List.of();
  private List<Active> working = List.of();
  private boolean readQueries;
  private boolean readCommits;

  PgRules(Connection connection) {
    this.connection = connection;
  }

  /** Returns whether a toxic that may hold messages is gone or changed. */
  boolean sync(List<ToxicSpec> toxics) {
    Map<ToxicSpec.Identity, Active> before =
        all.stream().collect(Collectors.toMap(a -> a.spec.id(), Function.identity()));
    List<Active> after = new ArrayList<>();
    for (ToxicSpec spec : toxics) {
      if (spec.toxic() instanceof PgToxic) {
        Active old = before.get(spec.id());
        double draw = old == null ? ThreadLocalRandom.current().nextDouble() : old.draw;
        after.add(old != null && old.spec.equals(spec) ? old : new Active(spec, draw));
      }
    }
    boolean released =
        all.stream().anyMatch(a -> a.spec.toxic() instanceof PgDelayMessage && !after.contains(a));
    all = after;
    working = after.stream().filter(active -> active.rule != null).toList();
    readQueries = working.stream().anyMatch(active -> active.rule.readsQueries());
    readCommits = working.stream().anyMatch(active -> active.rule.readsCommits());
    return released;
  }

  boolean any() {
    return !working.isEmpty();
  }

  boolean readQueries() {
    return readQueries;
  }

  boolean readCommits() {
    return readCommits;
  }

  void committing(int readyBefore) {
    working.forEach(active -> active.rule.committing(readyBefore));
  }

  /** The first cut decides; delays add up. */
  PgRule.Verdict judge(Direction direction, char type, String text) {
    if (working.isEmpty()) {
      return PgRule.Verdict.PASS;
    }
    PgMessage message = new PgMessage(direction, type, text);
    PgRule.Verdict sum = PgRule.Verdict.PASS;
    for (Active active : working) {
      PgRule.Verdict verdict = active.rule.judge(message);
      if (!verdict.passes()) {
        report(active, message);
        if (verdict.cut()) {
          return verdict;
        }
        sum = new PgRule.Verdict(false, sum.delayNanos() + verdict.delayNanos());
      }
    }
    return sum;
  }

  /** Without the text: it may hold a secret. */
  private void report(Active active, PgMessage message) {
    connection.report(
        ProxyEvent.Kind.MATCHED,
        active.spec.name() + " on the message " + message.type() + " " + message.direction());
  }

  void blind(String reason) {
    for (Active active : working) {
      if (!active.blindReported) {
        active.blindReported = true;
        connection.report(
            ProxyEvent.Kind.BLIND, active.spec.name() + " can match nothing: " + reason);
      }
    }
  }
}
