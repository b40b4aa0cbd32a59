package dev.tapeline.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;

/**
 * JSON in its canonical form (RFC 8785): members by name, no blanks, numbers as JavaScript writes
 * them. So equal values have equal checksums, however they were written.
 */
public final class CanonicalJson {

  /** JavaScript writes numbers without an exponent from 10^-7 to below 10^21. */
  private static final int MOST_DIGITS = 21;

  private static final int MOST_ZEROS = 6;

  private CanonicalJson() {}

  /**
   * The CRC-32 of the canonical form in UTF-8, as eight hexadecimal digits; empty if there is none.
   */
  public static Optional<String> checksum(JsonNode value) {
    CRC32 crc = new CRC32();
    try {
      crc.update(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(of(value))));
    } catch (ArithmeticException | CharacterCodingException e) { // half a character has no UTF-8
      return Optional.empty();
    }
    return Optional.of("%08x".formatted(crc.getValue()));
  }

  /**
   * The canonical form.
   *
   * @throws ArithmeticException if a number is larger than JavaScript's are
   */
  public static String of(JsonNode value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(JsonNode value, StringBuilder out) {
    switch (value.getNodeType()) {
      case OBJECT -> writeObject(value, out);
      case ARRAY -> writeArray(value, out);
      case STRING -> writeString(value.stringValue(), out);
      case NUMBER -> writeNumber(value.decimalValue().doubleValue(), out);
      default -> out.append(value); // true, false, null
    }
  }

  private static void writeObject(JsonNode value, StringBuilder out) {
    TreeMap<String, JsonNode> members = new TreeMap<>();
    value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    String separator = "{";
    for (var member : members.entrySet()) {
      out.append(separator);
      writeString(member.getKey(), out);
      out.append(':');
      write(member.getValue(), out);
      separator = ",";
    }
    out.append(members.isEmpty() ? "{}" : "}");
  }

  private static void writeArray(JsonNode value, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < value.size(); i++) {
      out.append(i == 0 ? "" : ",");
      write(value.get(i), out);
    }
    out.append(']');
  }

  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      writeChar(text.charAt(i), out);
    }
    out.append('"');
  }

  private static void writeChar(char c, StringBuilder out) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\b' -> out.append("\\b");
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\f' -> out.append("\\f");
      case '\r' -> out.append("\\r");
      default -> {
        if (c < ' ') {
          out.append("\\u%04x".formatted((int) c));
        } else {
          out.append(c);
        }
      }
    }
  }

  /** Writes a number as ECMAScript's Number::toString does. */
  private static void writeNumber(double number, StringBuilder out) {
    if (Double.isInfinite(number)) {
      throw new ArithmeticException("a number that no double holds");
    }
    if (number == 0) {
      out.append('0');
      return;
    }
    BigDecimal shortest = shortest(Math.abs(number));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    out.append(number < 0 ? "-" : "");
    if (point > MOST_DIGITS || point <= -MOST_ZEROS) {
      writeScientific(digits, point - 1, out);
    } else if (point <= 0) {
      out.append("0.").append("0".repeat(-point)).append(digits);
    } else if (point >= digits.length()) {
      out.append(digits).append("0".repeat(point - digits.length()));
    } else {
      out.append(digits, 0, point).append('.').append(digits, point, digits.length());
    }
  }

  /**
   * Java writes the closest text of at least two digits; JavaScript writes one digit if that is
   * enough.
   */
  private static BigDecimal shortest(double number) {
    BigDecimal two = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    BigDecimal one = two.precision() == 2 ? two.round(new MathContext(1)) : two;
    return one.doubleValue() == number ? one : two;
  }

  private static void writeScientific(String digits, int exponent, StringBuilder out) {
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exponent < 0 ? "" : "+").append(exponent);
  }
}
