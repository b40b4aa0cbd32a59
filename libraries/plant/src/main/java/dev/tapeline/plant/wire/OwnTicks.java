package dev.tapeline.plant.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The form of the market ticks that this system's own sources publish, by which they are told from
 * those of other processes. An own tick begins with its symbol, its key and its last price, and
 * ends with the name of its source and the mark of simulated data, as {@link TickFamily} writes
 * them, without white space. The name of a source alone makes no tick an own one. Immutable.
 */
public final class OwnTicks {

  private static final byte[] HEAD = "{\"symbol\":\"".getBytes(US_ASCII);
  private static final byte[] KEY = "\",\"key\":\"".getBytes(US_ASCII);
  private static final byte[] PRICE = "\",\"ltp\":".getBytes(US_ASCII);

  private final List<byte[]> tails;

  /**
   * @param sources the names of all sources that the nodes of this system may run and that publish
   *     market ticks
   */
  public OwnTicks(Collection<String> sources) {
    tails =
        sources.stream().flatMap(name -> Stream.of(tail(name, false), tail(name, true))).toList();
  }

  private static byte[] tail(String source, boolean simulated) {
    PayloadWriter writer = new PayloadWriter(source, simulated);
    writer.begin(new byte[0]);
    writer.source();
    return writer.end();
  }

  /**
   * Whether one of this system's sources has written the payload.
   *
   * @param symbol the last part of the name of its channel
   */
  public boolean isOwn(String symbol, byte[] payload) {
    byte[] name = symbol.getBytes(US_ASCII);
    int key = HEAD.length + name.length + KEY.length;
    return isAt(payload, 0, HEAD)
        && isAt(payload, HEAD.length, name)
        && isAt(payload, HEAD.length + name.length, KEY)
        && isAt(payload, endOfText(payload, key), PRICE)
        && tails.stream().anyMatch(tail -> isAt(payload, payload.length - tail.length, tail));
  }

  private static int endOfText(byte[] payload, int from) {
    int at = from;
    while (at < payload.length && payload[at] != '"') {
      at++;
    }
    return at;
  }

  private static boolean isAt(byte[] payload, int at, byte[] part) {
    int end = at + part.length;
    return at >= 0
        && end <= payload.length
        && Arrays.equals(payload, at, end, part, 0, part.length);
  }
}
