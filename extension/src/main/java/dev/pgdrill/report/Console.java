package dev.pgdrill.report;

/** What a person at the terminal sees while drills run. */
public final class Console {
  private Console() {}

  /** Prints a line; flushed at once, so that it shows while a long step goes on. */
  @SuppressWarnings("SystemOut")
  public static void say(String line) {
    System.out.println("pgdrill: " + line);
    System.out.flush();
  }
}
