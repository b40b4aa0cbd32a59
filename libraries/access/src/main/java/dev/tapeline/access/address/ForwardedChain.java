package dev.tapeline.access.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that the proxies in front of a request name, the client's first: the elements of
 * {@code X-Forwarded-For}, or if there are none, those of {@code Forwarded} (RFC 7239).
 */
public final class ForwardedChain {

  public static final String FORWARDED_FOR = "X-Forwarded-For";
  public static final String FORWARDED = "Forwarded";

  private ForwardedChain() {}

  /** The elements that are not empty, unparsed; of {@code Forwarded} the values of "for=". */
  static List<String> of(Function<String, List<String>> headers) {
    List<String> plain = split(String.join(",", headers.apply(FORWARDED_FOR)), ',', false);
    if (!plain.isEmpty()) {
      return plain;
    }
    String text = String.join(",", headers.apply(FORWARDED));
    return split(text, ',', isBalanced(text)).stream().map(ForwardedChain::hop).toList();
  }

  private static String hop(String element) {
    return split(element, ';', isBalanced(element)).stream()
        .filter(pair -> pair.toLowerCase(Locale.ROOT).startsWith("for="))
        .map(pair -> pair.substring("for=".length()))
        .findFirst()
        .orElse(element);
  }

  /** A client that opens a quote must not hide what proxies write behind it. */
  private static boolean isBalanced(String text) {
    return text.chars().filter(c -> c == '"').count() % 2 == 0;
  }

  /**
   * Splits, and leaves out what is empty (RFC 9110, section 5.6.1).
   *
   * @param quotes whether separators in quotes do not count
   */
  private static List<String> split(String text, char separator, boolean quotes) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int at = 0; at <= text.length(); at++) {
      char c = at == text.length() ? separator : text.charAt(at);
      quoted ^= quotes && c == '"';
      if (c == separator && !quoted) {
        String part = text.substring(begin, at).strip();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        begin = at + 1;
      }
    }
    return parts;
  }

  /** The address of an element, which may be quoted, in brackets and have a port; or null. */
  static @Nullable InetAddress address(String element) {
    String text = unquoted(element);
    int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
    if (bracket > 0) {
      String port = text.substring(bracket + 1);
      return isPort(port) ? ClientAddresses.parse(text.substring(1, bracket)) : null;
    }
    int colon = text.indexOf(':');
    boolean one = colon > 0 && colon == text.lastIndexOf(':');
    return one && isPort(text.substring(colon))
        ? ClientAddresses.parse(text.substring(0, colon))
        : ClientAddresses.parse(text);
  }

  private static boolean isPort(String text) {
    return text.isEmpty() || text.matches(":\\d{1,5}");
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }
}
