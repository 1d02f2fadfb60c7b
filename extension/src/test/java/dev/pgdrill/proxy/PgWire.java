package dev.pgdrill.proxy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Literal bytes of PostgreSQL's frontend/backend protocol 3. */
final class PgWire {
  private PgWire() {}

  static byte[] startup() {
    return untyped(3 << 16, "user\0app\0\0");
  }

  static byte[] sslRequest() {
    return untyped(80877103, "");
  }

  static byte[] gssencRequest() {
    return untyped(80877104, "");
  }

  static byte[] cancelRequest() {
    return untyped(80877102, "12345678");
  }

  private static byte[] untyped(int code, String rest) {
    byte[] payload = rest.getBytes(StandardCharsets.UTF_8);
    return bytes(
        out -> {
          out.writeInt(8 + payload.length);
          out.writeInt(code);
          out.write(payload);
        });
  }

  static byte[] message(char type, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return bytes(
        out -> {
          out.writeByte(type);
          out.writeInt(4 + bytes.length);
          out.write(bytes);
        });
  }

  static byte[] query(String sql) {
    return message('Q', sql + "\0");
  }

  static byte[] parse(String name, String sql) {
    return message('P', name + "\0" + sql + "\0\0\0");
  }

  static byte[] bind(String portal, String statement) {
    return message('B', portal + "\0" + statement + "\0\0\0\0\0\0\0");
  }

  static byte[] execute(String portal) {
    return message('E', portal + "\0\0\0\0\0");
  }

  static byte[] sync() {
    return message('S', "");
  }

  static byte[] complete(String tag) {
    return message('C', tag + "\0");
  }

  static byte[] ready(char status) {
    return message('Z', String.valueOf(status));
  }

  static byte[] concat(byte[]... parts) {
    return bytes(
        out -> {
          for (byte[] part : parts) {
            out.write(part);
          }
        });
  }

  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
