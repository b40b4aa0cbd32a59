package dev.tapeline.gateway.listen.answer;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The headers that each answer on a connection must have for the page that asks, also a refusal.
 * Owned by the connection's lane.
 */
public final class AnswerHeaders {

  private static final AttributeKey<String> LINES =
      AttributeKey.valueOf(AnswerHeaders.class, "lines");

  private AnswerHeaders() {}

  /** Sets the headers of all later answers. */
  public static void set(Channel channel, Map<String, String> headers) {
    channel.attr(LINES).set(lines(headers));
  }

  /** The headers as lines of a head; empty if none were set. */
  static String of(Channel channel) {
    if (!channel.hasAttr(LINES)) {
      return "";
    }
    String lines = channel.attr(LINES).get();
    return lines == null ? "" : lines;
  }

  /** Headers as lines of a head. */
  static String lines(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
        .collect(Collectors.joining());
  }
}
