package dev.tapeline.simulate.net;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A fault to be shown.
 *
 * @param socket the number of the only socket that it happens to; null for all
 * @param seconds how long it lasts, where it lasts; 0 for as often as the count says
 * @param count how many messages or answers it happens to; 0 for as long as the seconds say, and
 *     one if both are 0
 * @param delayMillis how late messages are, or how long an answer takes
 * @param status of an answer, or code of a close frame; 0 for the usual one
 * @param text where to redirect to, or the reason of a close; empty for the usual one
 */
public record Fault(
    FaultKind kind,
    @Nullable Integer socket,
    double seconds,
    int count,
    long delayMillis,
    int status,
    String text) {

  private static final double LONGEST_SECONDS = 86_400;

  public Fault {
    if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
      throw new IllegalArgumentException(
          "%s seconds; from 0 to %s".formatted(seconds, LONGEST_SECONDS));
    }
    if (count < 0) {
      throw new IllegalArgumentException("a count of %d".formatted(count));
    }
    if (delayMillis < 0 || delayMillis > LONGEST_SECONDS * 1000) {
      throw new IllegalArgumentException("a delay of %d ms".formatted(delayMillis));
    }
  }

  /** A fault that happens once. */
  public static Fault of(FaultKind kind) {
    return new Fault(kind, null, 0, 0, 0, 0, "");
  }

  public Fault on(int number) {
    return new Fault(kind, number, seconds, count, delayMillis, status, text);
  }

  public Fault lasting(double time) {
    return new Fault(kind, socket, time, count, delayMillis, status, text);
  }

  public Fault times(int often) {
    return new Fault(kind, socket, seconds, often, delayMillis, status, text);
  }

  public Fault late(long millis) {
    return new Fault(kind, socket, seconds, count, millis, status, text);
  }

  public Fault with(int code) {
    return new Fault(kind, socket, seconds, count, delayMillis, code, text);
  }

  /**
   * Reads the body of a request of the control API.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Fault parse(JsonNode body) {
    JsonNode socket = body.path("socket");
    return new Fault(
        FaultKind.parse(body.path("kind").asString("")),
        socket.isInt() ? (Integer) socket.asInt() : null,
        body.path("seconds").asDouble(0),
        body.path("count").asInt(0),
        body.path("delay_ms").asLong(0),
        body.path("status").asInt(0),
        body.path("text").asString(""));
  }

  /** Whether the fault may happen to this socket. */
  boolean isFor(int number) {
    return socket == null || socket == number;
  }
}
