package dev.pgdrill.proxy;

/**
 * Resets the client's connection in place of the first message that matches: it is not delivered,
 * and nor is anything after it; what came before is. The server sees an orderly end.
 *
 * @param message one or more of the protocol's type letters, for example {@code "Z"}; when left out
 *     with a query given, the messages that run a query: {@code "QE"}
 * @param query a {@link java.util.regex.Pattern} to be found in the first {@link
 *     PgStatements#TEXT_LIMIT} bytes of the text that a message sends, or that a Bind, Describe or
 *     Execute refers to; stream upstream only
 */
record PgCutOnMessage(String message, String query) implements PgToxic {
  PgCutOnMessage {
    MessageMatch.check(message, query);
  }

  @Override
  public void check(Direction stream) {
    MessageMatch.check(stream, query);
  }

  @Override
  public PgRule start(Direction stream) {
    return new Rule(MessageMatch.of(stream, message, query));
  }

  private record Rule(MessageMatch match) implements PgRule {
    @Override
    public Verdict judge(PgMessage message) {
      return match.matches(message) ? Verdict.CUT : Verdict.PASS;
    }

    @Override
    public boolean readsQueries() {
      return match.readsQueries();
    }
  }
}
