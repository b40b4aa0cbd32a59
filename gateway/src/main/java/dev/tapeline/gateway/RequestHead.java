package dev.tapeline.gateway;

import dev.tapeline.gateway.protocol.Opening;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of the first request of a connection: enough to choose who answers it. */
record RequestHead(String method, Opening opening) {

  private static final String LINE_END = "\r\n";
  private static final String END = LINE_END + LINE_END;
  private static final Pattern BEGUN = Pattern.compile("GET (/[^ ?]*)[ ?]");

  /** How many bytes the head takes, with the empty line at its end; -1 while that has not come. */
  static int lengthIn(ByteBuf bytes) {
    int from = bytes.readerIndex();
    for (int at = from; at + END.length() <= bytes.writerIndex(); at++) {
      at = bytes.indexOf(at, bytes.writerIndex() - END.length() + 1, (byte) '\r');
      if (at < 0) {
        return -1;
      }
      if (bytes.getByte(at + 1) == '\n'
          && bytes.getByte(at + 2) == '\r'
          && bytes.getByte(at + 3) == '\n') {
        return at + END.length() - from;
      }
    }
    return -1;
  }

  /** The path that a GET names, though the rest of its head may be missing; empty if none does. */
  static Optional<String> pathIn(ByteBuf bytes) {
    Matcher begun = BEGUN.matcher(bytes.toString(StandardCharsets.ISO_8859_1));
    return begun.lookingAt() ? Optional.of(begun.group(1)) : Optional.empty();
  }

  /** Reads a whole head; empty if it is none of HTTP/1.1. */
  static Optional<RequestHead> parse(ByteBuf bytes, int length) {
    String text =
        bytes.toString(bytes.readerIndex(), length - END.length(), StandardCharsets.ISO_8859_1);
    int end = lineEnd(text, 0);
    String[] words = text.substring(0, end).split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.") || !words[1].startsWith("/")) {
      return Optional.empty();
    }
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    while (end < text.length()) {
      int begin = end + LINE_END.length();
      end = lineEnd(text, begin);
      int colon = text.indexOf(':', begin, end);
      if (colon <= begin) {
        return Optional.empty();
      }
      headers.add(text.substring(begin, colon), text.substring(colon + 1, end).strip());
    }
    try {
      return Optional.of(new RequestHead(words[0], Opening.of(words[1], headers)));
    } catch (IllegalArgumentException e) { // a broken percent-encoding
      return Optional.empty();
    }
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf(LINE_END, from);
    return end < 0 ? text.length() : end;
  }

  String path() {
    return opening.path();
  }

  HttpHeaders headers() {
    return opening.headers();
  }

  boolean hasBody() {
    return headers().contains("Transfer-Encoding")
        || headers().getAll("Content-Length").stream().anyMatch(length -> !length.equals("0"));
  }

  boolean isUpgrade() {
    HttpHeaders headers = headers();
    return method.equals("GET")
        && headers.containsValue("Connection", "upgrade", true)
        && headers.containsValue("Upgrade", "websocket", true);
  }
}
