package dev.tapeline.plant.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * The form of the market ticks that Tapeline itself publishes, by which they are told from those of
 * other processes. An own tick begins with its symbol, its key and its last price, and ends with
 * the time at which it was received, the name of its source and the mark of simulated data, as
 * {@link TickFamily} writes them, without white space. A field {@code source} alone makes no tick
 * an own one.
 */
public final class OwnTicks {

  private static final byte[] HEAD = ascii("{\"symbol\":\"");
  private static final byte[] KEY = ascii("\",\"key\":\"");
  private static final byte[] PRICE = ascii("\",\"ltp\":");
  private static final byte[] RECEIVED = ascii(",\"receivedTime\":");
  private static final byte[] SOURCE = ascii(",\"source\":\"");
  private static final byte[] END = ascii("\"}");
  private static final byte[] SIMULATED_END = ascii("\",\"simulated\":true}");

  private OwnTicks() {}

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /**
   * Whether Tapeline has written a payload.
   *
   * @param symbol the last part of the name of its channel
   */
  public static boolean isOwn(String symbol, byte[] payload) {
    return hasHead(symbol, payload)
        && (hasSource(payload, payload.length - END.length, END)
            || hasSource(payload, payload.length - SIMULATED_END.length, SIMULATED_END));
  }

  private static boolean hasHead(String symbol, byte[] payload) {
    byte[] name = ascii(symbol);
    int key = HEAD.length + name.length + KEY.length;
    return isAt(payload, 0, HEAD)
        && isAt(payload, HEAD.length, name)
        && isAt(payload, HEAD.length + name.length, KEY)
        && isAt(payload, endOfText(payload, key), PRICE);
  }

  private static int endOfText(byte[] payload, int from) {
    int at = from;
    while (at < payload.length && payload[at] != '"') {
      at++;
    }
    return at;
  }

  /** Whether a time and the name of a source stand before the end. */
  private static boolean hasSource(byte[] payload, int endOfName, byte[] end) {
    if (!isAt(payload, endOfName, end)) {
      return false;
    }
    int name = endOfName;
    while (name > 0 && payload[name - 1] != '"') {
      name--;
    }
    int endOfTime = name - SOURCE.length;
    return isAt(payload, endOfTime, SOURCE) && hasTime(payload, endOfTime);
  }

  private static boolean hasTime(byte[] payload, int end) {
    int time = end;
    while (time > 0 && Character.isDigit(payload[time - 1])) {
      time--;
    }
    return time < end && isAt(payload, time - RECEIVED.length, RECEIVED);
  }

  private static boolean isAt(byte[] payload, int at, byte[] part) {
    int end = at + part.length;
    return at >= 0
        && end <= payload.length
        && Arrays.equals(payload, at, end, part, 0, part.length);
  }
}
