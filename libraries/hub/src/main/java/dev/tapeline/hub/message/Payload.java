package dev.tapeline.hub.message;

import dev.tapeline.json.JsonText;
import dev.tapeline.json.Surrogates;
import dev.tapeline.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The bytes that a publisher sent, and their form. JSON leaves byte for byte; other text leaves as
 * a JSON string, and bytes that are no text as a JSON string in base64.
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
      return new Payload(Form.TEXT, quoted(new String(published, StandardCharsets.UTF_8)));
    }
    return new Payload(Form.BINARY, quoted(Base64.getEncoder().encodeToString(published)));
  }

  /** The text as a JSON string, in UTF-8. */
  public static byte[] quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return Surrogates.escaped(out.append('"').toString()).getBytes(StandardCharsets.UTF_8);
  }
}
