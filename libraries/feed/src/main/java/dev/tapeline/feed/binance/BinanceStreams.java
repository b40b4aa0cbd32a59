package dev.tapeline.feed.binance;

import dev.tapeline.feed.Detail;
import java.util.List;
import java.util.Locale;

/** The names of Binance's streams. */
final class BinanceStreams {

  private BinanceStreams() {}

  /**
   * The streams that give this much detail of a symbol.
   *
   * <table>
   * <caption>What is subscribed</caption>
   * <tr><td>{@link Detail#PRICE}</td><td>{@code @aggTrade}, {@code @miniTicker}</td></tr>
   * <tr><td>{@link Detail#QUOTE}</td><td>{@code @trade}, {@code @bookTicker}, {@code @miniTicker}
   *     </td></tr>
   * <tr><td>{@link Detail#BOOK}</td><td>those, and {@code @depth}</td></tr>
   * </table>
   */
  static List<String> of(String symbol, Detail detail, DepthSpeed speed) {
    String name = symbol.toLowerCase(Locale.ROOT);
    return switch (detail) {
      case PRICE -> List.of(name + "@aggTrade", name + "@miniTicker");
      case QUOTE -> List.of(name + "@trade", name + "@bookTicker", name + "@miniTicker");
      case BOOK ->
          List.of(
              name + "@trade", name + "@bookTicker", name + "@miniTicker", depth(symbol, speed));
    };
  }

  /** The stream of the changes of a symbol's book. */
  static String depth(String symbol, DepthSpeed speed) {
    return symbol.toLowerCase(Locale.ROOT) + speed.stream();
  }

  /** The symbol of {@code depth@TATA_INR} and of {@code btcusdt@depth@100ms}. */
  static String symbolOf(String stream) {
    int at = stream.indexOf('@');
    String head = at < 0 ? stream : stream.substring(0, at);
    return head.equals("depth") || head.equals("trade")
        ? stream.substring(at + 1)
        : head.toUpperCase(Locale.ROOT);
  }
}
