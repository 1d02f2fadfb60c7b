package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Finds out whether a string of SQL statements has one that begins with COMMIT or END, byte by byte
 * so that a text need not be kept. Quotes, dollar quotes and comments are skipped as PostgreSQL's
 * lexer does.
 */
final class CommitFinder {
  private enum In {
    CODE,
    LINE_COMMENT,
    BLOCK_COMMENT,
    STRING,
    ESCAPE_STRING,
    IDENTIFIER,
    DOLLAR_TAG,
    DOLLAR_BODY
  }

  private static final int WORD_LIMIT = 7;

  private final StringBuilder word = new StringBuilder();
  private final StringBuilder tag = new StringBuilder();
  private In in = In.CODE;
  private boolean wordDone;
  private boolean found;
  private boolean escaped;
  private int depth;
  private int matched;
  private char previous;
  private char beforePrevious;

  static boolean isCommit(String text) {
    CommitFinder finder = new CommitFinder();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    finder.feed(bytes, bytes.length);
    return finder.finish();
  }

  void feed(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      feed((char) (bytes[i] & 0xff));
    }
  }

  void feed(ByteBuf chunk, int from, int to) {
    for (int i = from; i < to; i++) {
      feed((char) (chunk.getByte(i) & 0xff));
    }
  }

  /** Whether there was one; the finder is as new afterwards. */
  boolean finish() {
    endWord();
    boolean result = found;
    in = In.CODE;
    found = false;
    newStatement();
    previous = 0;
    return result;
  }

  private void newStatement() {
    word.setLength(0);
    wordDone = false;
  }

  private void feed(char c) {
    switch (in) {
      case CODE -> code(c);
      case LINE_COMMENT -> {
        if (c == '\n') {
          in = In.CODE;
        }
      }
      case BLOCK_COMMENT -> blockComment(c);
      case STRING -> leaveAt('\'', c);
      case IDENTIFIER -> leaveAt('"', c);
      case ESCAPE_STRING -> {
        if (escaped) {
          escaped = false;
        } else if (c == '\\') {
          escaped = true;
        } else {
          leaveAt('\'', c);
        }
      }
      case DOLLAR_TAG -> dollarTag(c);
      case DOLLAR_BODY -> dollarBody(c);
    }
    beforePrevious = previous;
    previous = c;
  }

  /** A doubled quote leaves and enters again, which comes to the same. */
  private void leaveAt(char quote, char c) {
    if (c == quote) {
      in = In.CODE;
    }
  }

  private void code(char c) {
    if (identifier(c)) {
      if (!wordDone && word.length() < WORD_LIMIT) {
        word.append(Character.toLowerCase(c));
      }
      return;
    }
    boolean inWord = identifier(previous);
    endWord();
    switch (c) {
      case ';' -> newStatement();
      case '\'' -> {
        boolean escapes = (previous == 'e' || previous == 'E') && !identifier(beforePrevious);
        in = escapes ? In.ESCAPE_STRING : In.STRING;
        wordDone = true;
      }
      case '"' -> {
        in = In.IDENTIFIER;
        wordDone = true;
      }
      case '$' -> {
        if (!inWord) {
          in = In.DOLLAR_TAG;
          tag.setLength(0);
          wordDone = true;
        }
      }
      case '-' -> {
        if (previous == '-') {
          in = In.LINE_COMMENT;
        }
      }
      case '*' -> {
        if (previous == '/') {
          in = In.BLOCK_COMMENT;
          depth = 1;
        }
      }
      default -> {}
    }
  }

  private void endWord() {
    if (!wordDone && word.length() > 0) {
      wordDone = true;
      String first = word.toString();
      found |= first.equals("commit") || first.equals("end");
    }
  }

  private void blockComment(char c) {
    if (previous == '*' && c == '/') {
      if (--depth == 0) {
        in = In.CODE;
      }
    } else if (previous == '/' && c == '*') {
      depth++;
    }
  }

  private void dollarTag(char c) {
    if (c == '$') {
      in = In.DOLLAR_BODY;
      tag.insert(0, '$').append('$');
      matched = 0;
    } else if (identifier(c)) {
      tag.append(c);
    } else {
      in = In.CODE;
      code(c);
    }
  }

  private void dollarBody(char c) {
    if (c == tag.charAt(matched)) {
      if (++matched == tag.length()) {
        in = In.CODE;
      }
    } else {
      matched = c == '$' ? 1 : 0;
    }
  }

  private static boolean identifier(char c) {
    return c == '_' || c >= 0x80 || (c >= '0' && c <= '9') || Character.isLetter(c);
  }
}
