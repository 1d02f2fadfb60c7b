package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;

/** Follows what the client says. */
final class PgFrontend implements PgFramer.Reader, PgGate.Judge {
  private static final int CANCEL_REQUEST = 80877102;
  private static final int SSL_REQUEST = 80877103;
  private static final int GSSENC_REQUEST = 80877104;
  private static final int TLS_HANDSHAKE = 0x16;

  /** Two names of NAMEDATALEN and to spare; a longer name is not known to the toxics. */
  private static final int NAMES = 512;

  private final PgSession session;
  private final PgStatements statements = new PgStatements();
  private final CommitFinder commits = new CommitFinder();
  private boolean readsOn;
  private int owedBeforeQuery;

  PgFrontend(PgSession session) {
    this.session = session;
  }

  @Override
  public int wanted(char type) {
    PgRules rules = session.rules();
    return switch (type) {
      case 'P' -> NAMES + PgStatements.TEXT_LIMIT;
      case 'B', 'C' -> NAMES;
      case 'Q' -> rules.readQueries() ? PgStatements.TEXT_LIMIT : 0;
      case 'E', 'D' -> rules.readQueries() || rules.readCommits() ? NAMES : 0;
      default -> 0;
    };
  }

  @Override
  public PgRule.Verdict judge(PgFramer framer) {
    if (framer.mode() == PgFramer.Mode.STARTUP) {
      startup(framer.keptInt());
      return PgRule.Verdict.PASS;
    }
    char type = framer.type();
    String text = track(type, framer);
    if (session.rules().readCommits()) {
      lookForCommit(type, text, framer);
    }
    if (type == 'Q' || type == 'S' || type == 'F') {
      session.owesReady(type);
    }
    return session.rules().judge(Direction.UPSTREAM, type, text);
  }

  private void startup(int code) {
    if (code == SSL_REQUEST || code == GSSENC_REQUEST) {
      session.negotiates();
    } else if (code == CANCEL_REQUEST) {
      session.cancels();
    } else if (code >>> 16 == 3) {
      session.begins();
    } else {
      session.foreign();
    }
  }

  /** Remembers what later messages refer to; returns the text that this one is about, or null. */
  private String track(char type, PgFramer framer) {
    if (framer.keptLength() == 0) {
      return null;
    }
    String first = framer.keptText(0);
    switch (type) {
      case 'P' -> {
        String text = framer.keptText(framer.afterText(0));
        statements.parsed(first, text);
        return text;
      }
      case 'B' -> {
        statements.bound(first, framer.keptText(framer.afterText(0)));
        return statements.portal(first);
      }
      case 'Q' -> {
        return first;
      }
      case 'E' -> {
        return statements.portal(first);
      }
      case 'C', 'D' -> {
        return describedOrClosed(type, first);
      }
      default -> {
        return null;
      }
    }
  }

  /** Their name has a letter before it: S for a statement, P for a portal. */
  private String describedOrClosed(char type, String target) {
    boolean statement = target.startsWith("S");
    String name = target.isEmpty() ? "" : target.substring(1);
    String text = statement ? statements.statement(name) : statements.portal(name);
    if (type == 'C' && statement) {
      statements.closeStatement(name);
    } else if (type == 'C') {
      statements.closePortal(name);
    }
    return text;
  }

  private void lookForCommit(char type, String text, PgFramer framer) {
    if (type == 'E' && text != null && CommitFinder.isCommit(text)) {
      session.rules().committing(session.readyOwed());
    } else if (type == 'Q') {
      readsOn = true;
      owedBeforeQuery = session.readyOwed();
      commits.feed(framer.kept(), framer.keptLength());
    }
  }

  @Override
  public boolean readsOn() {
    return readsOn;
  }

  @Override
  public void payload(ByteBuf chunk, int from, int to) {
    commits.feed(chunk, from, to);
  }

  @Override
  public void payloadEnd() {
    readsOn = false;
    if (commits.finish()) {
      session.rules().committing(owedBeforeQuery);
    }
  }

  @Override
  public boolean strict() {
    return session.rules().any();
  }

  @Override
  public void cut() {
    session.cut();
  }

  /** A client may also begin with TLS at once: sslnegotiation=direct, since PostgreSQL 17. */
  @Override
  public void unreadable(PgFramer framer) {
    if (!session.clientSpoke() && framer.length() >>> 24 == TLS_HANDSHAKE) {
      session.encrypted();
    } else {
      session.foreign();
    }
  }
}
