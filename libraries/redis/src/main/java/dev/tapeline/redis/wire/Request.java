package dev.tapeline.redis.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One command for the connection that subscribes, and the callback for its answer. A request can
 * hold a password, so it must not be printed.
 */
public final class Request {

  /** Receives the outcome of a request: once, on the connection's thread. */
  public interface Answer {

    /**
     * The request was carried out, or it was not.
     *
     * @param text what Redis answered, if not null and no list; null for a confirmed subscription
     * @param error null if Redis has carried it out
     */
    void onAnswer(byte @Nullable [] text, @Nullable Throwable error);
  }

  private final String command;
  private final List<String> arguments;
  private final @Nullable Confirmed confirmed;
  private final Answer answer;

  /** What a subscription's confirmation names. */
  private record Confirmed(String kind, String name) {}

  private Request(
      String command, List<String> arguments, @Nullable Confirmed confirmed, Answer answer) {
    this.command = command;
    this.arguments = arguments;
    this.confirmed = confirmed;
    this.answer = answer;
  }

  /** A request that is answered by a reply. */
  public static Request of(String command, List<String> arguments, Answer answer) {
    return new Request(command, arguments, null, answer);
  }

  /**
   * A request that is answered by a confirmation, or by an error.
   *
   * @param kind such as {@code subscribe}
   */
  public static Request subscription(String kind, String prefix, String name, Answer answer) {
    return new Request(kind, List.of(prefix.concat(name)), new Confirmed(kind, name), answer);
  }

  /** Whether this request is answered by a reply, not by a confirmation. */
  boolean isReplied() {
    return confirmed == null;
  }

  boolean isConfirmedBy(String kind, String name) {
    return new Confirmed(kind, name).equals(confirmed);
  }

  void succeed(byte @Nullable [] text) {
    answer.onAnswer(text, null);
  }

  void fail(Throwable error) {
    answer.onAnswer(null, error);
  }

  void writeTo(ByteBuf out) {
    ByteBufUtil.writeAscii(out, "*" + (1 + arguments.size()) + "\r\n");
    write(command, out);
    arguments.forEach(argument -> write(argument, out));
  }

  private static void write(String word, ByteBuf out) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    ByteBufUtil.writeAscii(out, "$" + bytes.length + "\r\n");
    out.writeBytes(bytes);
    ByteBufUtil.writeAscii(out, "\r\n");
  }
}
