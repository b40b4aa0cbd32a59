package dev.tapeline.gateway.listen.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;

/** The text of an HTTP head, without the empty line at its end. */
public final class HeadText {

  private HeadText() {}

  public static String firstLine(String text) {
    return text.substring(0, lineEnd(text, 0));
  }

  /** The fields; empty if a line is no field, is folded, or contains a bare CR or LF. */
  public static Optional<HttpHeaders> headers(String text) {
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    int end = lineEnd(text, 0);
    boolean good = isOneLine(text, 0, end);
    while (good && end < text.length()) {
      int begin = end + RequestHead.LINE_END.length();
      end = lineEnd(text, begin);
      int colon = text.indexOf(':', begin, end);
      good = colon > begin && isName(text, begin, colon) && isOneLine(text, colon, end);
      if (good) {
        headers.add(text.substring(begin, colon), text.substring(colon + 1, end).strip());
      }
    }
    return good ? Optional.of(headers) : Optional.empty();
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf(RequestHead.LINE_END, from);
    return end < 0 ? text.length() : end;
  }

  /** Whether no other reader could see the end of a line or of a text in it. */
  private static boolean isOneLine(String text, int begin, int end) {
    return text.indexOf('\n', begin, end) < 0
        && text.indexOf('\r', begin, end) < 0
        && text.indexOf('\0', begin, end) < 0;
  }

  private static boolean isName(String text, int begin, int end) {
    for (int at = begin; at < end; at++) {
      if (text.charAt(at) <= ' ' || text.charAt(at) >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
