package dev.pgdrill.topology;

import java.util.regex.Pattern;

/**
 * A position in the write-ahead log, written as PostgreSQL writes it: {@code 0/16B3748}.
 *
 * @param position byte position, unsigned
 */
public record Lsn(long position) implements Comparable<Lsn> {
  private static final Pattern TEXT = Pattern.compile("(\\p{XDigit}{1,8})/(\\p{XDigit}{1,8})");

  /**
   * @throws IllegalArgumentException if the text is not two hexadecimal halves with a slash
   */
  public static Lsn parse(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not an LSN: \"%s\", expected as 0/16B3748".formatted(text));
    }
    long high = Long.parseLong(matcher.group(1), 16);
    long low = Long.parseLong(matcher.group(2), 16);
    return new Lsn(high << 32 | low);
  }

  /** Bytes from {@code other} to this position. */
  public long minus(Lsn other) {
    return position - other.position;
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(position, other.position);
  }

  @Override
  public String toString() {
    return "%X/%X".formatted(position >>> 32, position & 0xFFFFFFFFL);
  }
}
