package dev.tapeline.gateway.message;

import dev.tapeline.gateway.json.JsonText;
import dev.tapeline.gateway.json.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a publisher sent, and what it is. JSON leaves byte for byte; other text leaves as a JSON
 * string, and bytes that are no text as a JSON string in base64.
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never compared
public record Payload(Form form, byte[] json) {

  /** What the published bytes were. */
  public enum Form {
    JSON,
    TEXT,
    BINARY
  }

  public static Payload of(byte[] published) {
    if (JsonText.isValid(published)) {
      return new Payload(Form.JSON, published);
    }
    if (Utf8.isValid(published)) {
      return new Payload(Form.TEXT, quoted(published));
    }
    byte[] base64 = Base64.getEncoder().encode(published);
    return new Payload(Form.BINARY, quoted(base64));
  }

  /** The text as a JSON string, in UTF-8. */
  public static byte[] quoted(String text) {
    return quoted(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] quoted(byte[] utf8) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(utf8.length + 16);
    out.write('"');
    for (byte b : utf8) {
      if (b == '"' || b == '\\') {
        out.write('\\');
        out.write(b);
      } else if (b >= 0 && b < ' ') {
        out.writeBytes("\\u%04x".formatted((int) b).getBytes(StandardCharsets.US_ASCII));
      } else {
        out.write(b);
      }
    }
    out.write('"');
    return out.toByteArray();
  }
}
