package dev.tapeline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The head of the first request of a connection: enough to choose who answers it.
 *
 * @param path without the query
 */
record RequestHead(String method, String path, HttpHeaders headers) {

  private static final String END = "\r\n\r\n";

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

  /** Reads a whole head; empty if it is none of HTTP/1.1. */
  static Optional<RequestHead> parse(ByteBuf bytes, int length) {
    String text =
        bytes.toString(bytes.readerIndex(), length - END.length(), StandardCharsets.ISO_8859_1);
    String[] lines = text.split("\r\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.") || !words[1].startsWith("/")) {
      return Optional.empty();
    }
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon <= 0) {
        return Optional.empty();
      }
      headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
    }
    int query = words[1].indexOf('?');
    String path = query < 0 ? words[1] : words[1].substring(0, query);
    return Optional.of(new RequestHead(words[0], path, headers));
  }

  boolean isUpgrade() {
    return method.equals("GET")
        && headers.containsValue("Connection", "upgrade", true)
        && headers.containsValue("Upgrade", "websocket", true);
  }
}
