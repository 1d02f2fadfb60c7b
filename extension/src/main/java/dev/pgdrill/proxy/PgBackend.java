package dev.pgdrill.proxy;

/** Follows what the server says. */
final class PgBackend implements PgFramer.Reader, PgGate.Judge {
  /** A command tag that matters here is shorter. */
  private static final int TAG = 32;

  private final PgSession session;

  PgBackend(PgSession session) {
    this.session = session;
  }

  @Override
  public int wanted(char type) {
    return type == 'C' && session.rules().readCommits() ? TAG : 0;
  }

  @Override
  public PgRule.Verdict judge(PgFramer framer) {
    if (framer.mode() == PgFramer.Mode.NEGOTIATION) {
      negotiated(framer);
      return PgRule.Verdict.PASS;
    }
    if (!session.clientSpoke()) {
      session.foreign();
      return PgRule.Verdict.PASS;
    }
    char type = framer.type();
    if (type == 'Z') {
      session.gotReady();
    } else if (type == 'G') {
      session.copiesIn();
    }
    String tag = type == 'C' && framer.keptLength() > 0 ? framer.keptText(0) : null;
    return session.rules().judge(Direction.DOWNSTREAM, type, tag);
  }

  /** The answer to a request for encryption; an old or overloaded server sends an error. */
  private void negotiated(PgFramer framer) {
    switch (framer.type()) {
      case 'S', 'G' -> session.encrypted();
      case 'N' -> framer.mode(PgFramer.Mode.MESSAGES);
      case 'E' -> framer.startedWith('E');
      default -> session.foreign();
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

  @Override
  public void unreadable(PgFramer framer) {
    session.foreign();
  }
}
