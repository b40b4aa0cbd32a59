package dev.tapeline.gateway.protocol.exchange;

import dev.tapeline.core.InvalidNameException;
import dev.tapeline.core.Selector;
import dev.tapeline.gateway.protocol.RejectedException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream as clients name it, and the channels that it stands for. Binance's {@code btcusdt@trade}
 * is {@code trade@BTCUSDT}, with or without a pace behind it ({@code btcusdt@depth@100ms}); any
 * other name is a channel or a pattern as it is.
 */
record StreamName(String text, Selector selector) {

  private static final Pattern BINANCE =
      Pattern.compile("([a-z0-9_]{1,40})@([a-zA-Z][a-zA-Z0-9_]{0,40})(?:@(?:100|250|500|1000)ms)?");

  /** What stands in front in the names of channels. */
  private static final Set<String> TYPES =
      Set.of("trade", "trades", "depth", "ticker", "kline", "candles");

  static StreamName of(String text) {
    try {
      Matcher binance = BINANCE.matcher(text);
      return new StreamName(
          text,
          Selector.parse(
              binance.matches() && !TYPES.contains(binance.group(1))
                  ? binance.group(2) + "@" + binance.group(1).toUpperCase(Locale.ROOT)
                  : text));
    } catch (InvalidNameException e) {
      throw new RejectedException("bad_channel", String.valueOf(e.getMessage()));
    }
  }

  /** Whether it is another name than the channel's own. */
  boolean isTranslated() {
    return !text.equals(selector.text());
  }
}
