package dev.pgdrill.proxy;

/**
 * Lets every COMMIT (or END) reach the server, waits for the server's answer, and resets the
 * client's connection in place of that answer: the client cannot know the outcome. Works the same
 * on either stream. A statement that commits by itself, outside a transaction block, is no COMMIT;
 * for those see {@link PgCutOnMessage} on the server's message {@code "C"}.
 */
record PgCutOnCommit() implements PgToxic {
  @Override
  public PgRule start(Direction stream) {
    return new Rule();
  }

  private static final class Rule implements PgRule {
    private boolean awaiting;
    private int readyBefore;

    @Override
    public boolean readsCommits() {
      return true;
    }

    /** Of several in a pipeline the first decides. */
    @Override
    public void committing(int owed) {
      if (!awaiting) {
        awaiting = true;
        readyBefore = owed;
      }
    }

    @Override
    public Verdict judge(PgMessage message) {
      if (!awaiting || message.direction() == Direction.UPSTREAM) {
        return Verdict.PASS;
      }
      boolean answersEarlier = readyBefore > 0;
      if (message.type() == 'Z') {
        readyBefore--;
      }
      return !answersEarlier && isAnswer(message) ? Verdict.CUT : Verdict.PASS;
    }

    /** A failed COMMIT says ROLLBACK or ends in an error; that is an answer, too. */
    private static boolean isAnswer(PgMessage message) {
      return switch (message.type()) {
        case 'C' -> message.text().startsWith("COMMIT") || message.text().startsWith("ROLLBACK");
        case 'E', 'Z' -> true;
        default -> false;
      };
    }
  }
}
