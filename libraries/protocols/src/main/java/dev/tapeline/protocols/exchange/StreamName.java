package dev.tapeline.protocols.exchange;

import dev.tapeline.core.InvalidNameException;
import dev.tapeline.core.Selector;
import dev.tapeline.protocols.spi.RejectedException;
import dev.tapeline.protocols.spi.RequestError;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream as clients name it, and the channels that it stands for. Binance's {@code btcusdt@trade}
 * is {@code trade@BTCUSDT}, {@code btcusdt@depth@100ms} is {@code depth@BTCUSDT}. Binance's other
 * streams are not supported. Any other name is a channel or a pattern as it stands.
 */
record StreamName(String text, Selector selector) {

  /** A stream of one instrument, or, with an exclamation mark, of all instruments. */
  private static final Pattern BINANCE = Pattern.compile("(?:([a-z0-9_]{1,40})@|!)(.*)");

  private static final Pattern HAD =
      Pattern.compile("(trade|depth|ticker)(?:@(?:100|250|500|1000)ms)?");

  /** The types with which names of channels begin. */
  private static final Set<String> TYPES =
      Set.of("trade", "trades", "depth", "ticker", "kline", "candles");

  /**
   * Reads a name.
   *
   * @throws RejectedException saying why the stream is not supported
   */
  static StreamName of(String text) {
    try {
      return new StreamName(text, Selector.parse(channel(text)));
    } catch (InvalidNameException e) {
      throw new RejectedException(RequestError.BAD_CHANNEL, String.valueOf(e.getMessage()));
    }
  }

  private static String channel(String text) {
    Matcher binance = BINANCE.matcher(text);
    if (!binance.matches()) {
      return text;
    }
    String symbol = binance.group(1);
    if (symbol != null && TYPES.contains(symbol)) {
      return text;
    }
    Matcher had = HAD.matcher(binance.group(2));
    if (symbol == null || !had.matches()) {
      throw new RejectedException(
          RequestError.BAD_CHANNEL,
          "there is no such stream, only SYMBOL@trade, SYMBOL@depth and SYMBOL@ticker");
    }
    return had.group(1) + "@" + symbol.toUpperCase(Locale.ROOT);
  }

  /** Whether the client's name differs from the channel's. */
  boolean isTranslated() {
    return !text.equals(selector.text());
  }
}
