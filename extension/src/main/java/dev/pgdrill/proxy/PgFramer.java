package dev.pgdrill.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits one direction of PostgreSQL's frontend/backend protocol into messages, however packets cut
 * them. Keeps a message's first bytes when they are wanted, never the whole of a large one.
 */
final class PgFramer {
  /** What the next bytes are. */
  enum Mode {
    /** Length and code, without a type: the client's first words. */
    STARTUP,
    /** One byte, the server's answer to a request for encryption. */
    NEGOTIATION,
    /** Type, length and payload. */
    MESSAGES,
    /** Nothing that can be read. */
    OPAQUE
  }

  /** Says how much of a payload to keep, and reads along where asked to. */
  interface Reader {
    /** Bytes to keep of the payload of a message of this type, 0 for none. */
    int wanted(char type);

    /** A part of the payload after what was kept, if {@link #readsOn} says so. */
    default void payload(ByteBuf chunk, int from, int to) {}

    default boolean readsOn() {
      return false;
    }

    /** The message whose payload was read along is complete. */
    default void payloadEnd() {}
  }

  /** PostgreSQL's own limit, MaxAllocSize; anything longer is no message. */
  private static final int MAX_LENGTH = 0x3fffffff;

  /** PostgreSQL's MAX_STARTUP_PACKET_LENGTH. */
  private static final int MAX_STARTUP = 10_000;

  private static final int STARTUP_CODE = 4;

  private final Reader reader;
  private Mode mode;
  private ByteBuf chunk;
  private int at;
  private int start;
  private int headerFill;
  private char type;
  private int length;
  private int payloadLeft;
  private byte[] kept = new byte[64];
  private int keptFill;
  private int keptWanted;

  PgFramer(Mode mode, Reader reader) {
    this.mode = mode;
    this.reader = reader;
  }

  Mode mode() {
    return mode;
  }

  void mode(Mode next) {
    mode = next;
  }

  /** Goes on as if this type had just been read as the first byte of a message. */
  void startedWith(char first) {
    mode = Mode.MESSAGES;
    type = first;
    length = 0;
    headerFill = 1;
  }

  /** Sets the chunk that {@link #next} reads. */
  void begin(ByteBuf next) {
    chunk = next;
    at = next.readerIndex();
    start = headerFill > 0 ? -1 : at;
  }

  /** Where in the chunk the current message began; -1 when that was in an earlier one. */
  int start() {
    return start;
  }

  /** How far the chunk has been read. */
  int at() {
    return at;
  }

  /** Whether a message has begun of which too little is known to judge it. */
  boolean undecided() {
    return headerFill > 0;
  }

  char type() {
    return type;
  }

  /** The length that the current header says, itself included. */
  int length() {
    return length;
  }

  byte[] kept() {
    return kept;
  }

  int keptLength() {
    return keptFill;
  }

  /** The first four bytes of the payload. */
  int keptInt() {
    return ByteBuffer.wrap(kept).getInt();
  }

  /**
   * A zero-terminated string of the payload, as far as it was kept. Read as UTF-8 whatever
   * client_encoding is; what a regular expression looks for is ASCII mostly.
   */
  String keptText(int from) {
    return new String(kept, from, Math.max(0, textEnd(from) - from), StandardCharsets.UTF_8);
  }

  /** Where the next field begins after the string at the given place. */
  int afterText(int from) {
    return Math.min(textEnd(from) + 1, keptFill);
  }

  private int textEnd(int from) {
    int end = from;
    while (end < keptFill && kept[end] != 0) {
      end++;
    }
    return end;
  }

  /**
   * Reads on until enough of a message is known to judge it.
   *
   * @return false when the chunk has come to its end before that
   */
  boolean next() {
    int end = chunk.writerIndex();
    while (at < end && mode != Mode.OPAQUE) {
      if (headerFill == 0 && payloadLeft > 0) {
        skip(end);
      } else if (keptFill < keptWanted) {
        keep(end);
        if (keptFill == keptWanted) {
          return decided();
        }
      } else if (header(end)) {
        if (keptWanted == 0) {
          return decided();
        }
      }
    }
    return false;
  }

  private boolean decided() {
    headerFill = 0;
    keptWanted = 0;
    return true;
  }

  /** To be called after a message was judged: a short one is complete by then. */
  void endIfComplete() {
    if (payloadLeft == 0 && reader.readsOn()) {
      reader.payloadEnd();
    }
  }

  private void skip(int end) {
    int size = Math.min(payloadLeft, end - at);
    if (reader.readsOn()) {
      reader.payload(chunk, at, at + size);
    }
    at += size;
    payloadLeft -= size;
    endIfComplete();
  }

  private void keep(int end) {
    int size = Math.min(keptWanted - keptFill, end - at);
    chunk.getBytes(at, kept, keptFill, size);
    keptFill += size;
    at += size;
    payloadLeft -= size;
  }

  /** Reads header bytes; true when the header is complete and the mode is still a readable one. */
  private boolean header(int end) {
    if (headerFill == 0) {
      start = at;
      if (mode == Mode.NEGOTIATION) {
        type = (char) (chunk.getByte(at++) & 0xff);
        begun(0, 0);
        return true;
      }
      if (mode == Mode.MESSAGES) {
        type = (char) (chunk.getByte(at++) & 0xff);
        headerFill = 1;
        length = 0;
        if (end - at >= 4) {
          length = chunk.getInt(at);
          at += 4;
          return complete();
        }
        return false;
      }
      type = 0;
      length = 0;
      headerFill = 1;
    }
    length = length << 8 | (chunk.getByte(at++) & 0xff);
    return ++headerFill == 5 && complete();
  }

  private boolean complete() {
    boolean valid =
        mode == Mode.STARTUP
            ? length >= 8 && length <= MAX_STARTUP
            : length >= 4 && length <= MAX_LENGTH && (Character.isLetter(type) || digit());
    if (!valid) {
      mode = Mode.OPAQUE;
      headerFill = 0;
      return false;
    }
    int payload = length - 4;
    begun(payload, mode == Mode.STARTUP ? STARTUP_CODE : Math.min(payload, reader.wanted(type)));
    return true;
  }

  /** The server's ParseComplete, BindComplete and CloseComplete. */
  private boolean digit() {
    return type >= '1' && type <= '3';
  }

  private void begun(int payload, int wanted) {
    headerFill = 5;
    payloadLeft = payload;
    keptFill = 0;
    keptWanted = wanted;
    if (kept.length < wanted) {
      kept = Arrays.copyOf(kept, wanted);
    }
  }
}
