package dev.tapeline.feed.dhan.master;

import dev.tapeline.market.tick.Decimals;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads single texts of the master. What can't be read is null. */
final class MasterText {

  /** Indices that the file calls otherwise than the derivatives on them. */
  private static final Map<String, String> ALIASES =
      Map.of("NIFTY NEXT 50", "NIFTYNXT50", "SNSX50", "SENSEX50");

  private static final int MAX_NAME = 128;
  private static final int DATE_LENGTH = 10;
  private static final int MAX_ID_LENGTH = 10;

  private MasterText() {}

  /** A decimal without trailing zeros, so that equal ones are equal as objects. */
  static @Nullable BigDecimal decimal(String text) {
    try {
      return plain(Decimals.parse(text));
    } catch (NumberFormatException _) {
      return null;
    }
  }

  static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** A decimal above 0. */
  static @Nullable BigDecimal positive(String text) {
    BigDecimal number = decimal(text);
    return number == null || number.signum() <= 0 ? null : number;
  }

  /** A date, which a time may follow. */
  static @Nullable LocalDate date(String text) {
    try {
      return LocalDate.parse(text.substring(0, Math.min(DATE_LENGTH, text.length())));
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** A security id, which the feed sends as 32 bits; -1 for all other texts. */
  static int id(String text) {
    boolean isPlain =
        !text.isEmpty()
            && text.length() <= MAX_ID_LENGTH
            && text.chars().allMatch(c -> c >= '0' && c <= '9')
            && (text.length() == 1 || text.charAt(0) != '0');
    long number = isPlain ? Long.parseLong(text) : -1;
    return number > Integer.MAX_VALUE ? -1 : (int) number;
  }

  /** The ticker of an index, or of the underlying of a derivative, under its usual name. */
  static String indexTicker(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return ticker(ALIASES.getOrDefault(upper, upper));
  }

  /** The ticker, in upper case, without the characters that a symbol can't have. */
  static String ticker(String text) {
    StringBuilder ticker = new StringBuilder(text.length());
    text.toUpperCase(Locale.ROOT)
        .chars()
        .filter(MasterText::isOfSymbols)
        .forEach(c -> ticker.append((char) c));
    return ticker.toString();
  }

  private static boolean isOfSymbols(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_-.&".indexOf(c) >= 0;
  }

  /** The name for people, with single blanks, cut to what a name can have. */
  static String name(String text) {
    StringBuilder name = new StringBuilder(text.length());
    for (int i = 0; i < text.length() && name.length() < MAX_NAME; i++) {
      char c = text.charAt(i);
      boolean isBlank = Character.isWhitespace(c) || Character.isISOControl(c);
      if (!isBlank) {
        name.append(c);
      } else if (!name.isEmpty() && name.charAt(name.length() - 1) != ' ') {
        name.append(' ');
      }
    }
    if (!name.isEmpty() && Character.isHighSurrogate(name.charAt(name.length() - 1))) {
      name.setLength(name.length() - 1); // half of a character that was cut
    }
    return name.toString().strip();
  }

  /** A text that the file writes as {@code NA} where there is none. */
  static String orNone(String text) {
    return text.equals("NA") ? "" : text;
  }
}
