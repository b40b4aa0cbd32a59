package dev.tapeline.rest.history;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Writes values into texts of answers. */
final class Texts {

  private Texts() {}

  /** A decimal as channels have it: without trailing zeros and exponent. */
  static String of(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** A field of CSV, empty where there is none. */
  static StringBuilder field(StringBuilder out, @Nullable BigDecimal value) {
    out.append(',');
    return value == null ? out : out.append(of(value));
  }

  /** A member of a JSON object that has others before it; left out where there is none. */
  static StringBuilder member(StringBuilder out, String name, @Nullable BigDecimal value) {
    return value == null ? out : member(out, name).append(of(value));
  }

  static StringBuilder member(StringBuilder out, String name) {
    return out.append(",\"").append(name).append("\":");
  }

  /** A text in quotes. */
  static StringBuilder quoted(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c < ' ' ? '?' : c);
    }
    return out.append('"');
  }
}
