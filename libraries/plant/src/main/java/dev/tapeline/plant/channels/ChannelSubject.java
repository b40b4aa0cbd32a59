package dev.tapeline.plant.channels;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** What a channel is about, as far as its name says. */
public sealed interface ChannelSubject {

  /**
   * One instrument.
   *
   * @param book whether the channel needs its order book too
   */
  record OfInstrument(String symbol, boolean book) implements ChannelSubject {}

  /**
   * The options of one expiry.
   *
   * @param underlying the symbol of their underlying
   */
  record OfChain(String underlying, LocalDate expiry) implements ChannelSubject {}

  /**
   * The volatility index of an underlying, which is made of some of its chains.
   *
   * @param underlying the symbol of the underlying
   */
  record OfVolatility(String underlying) implements ChannelSubject {}

  /**
   * The last price of one instrument, once.
   *
   * @param key of the instrument
   */
  record OfPrice(String key) implements ChannelSubject {}

  /** Something else, or several instruments. */
  record Other() implements ChannelSubject {}

  ChannelSubject OTHER = new Other();

  /** The subject of the channel of this name. */
  static ChannelSubject of(String channel) {
    if (channel.startsWith(Channels.DEPTH)) {
      return instrument(channel.substring(Channels.DEPTH.length()), true);
    }
    if (channel.startsWith(Channels.OPTION_CHAIN)) {
      return chain(channel.substring(Channels.OPTION_CHAIN.length()));
    }
    if (channel.startsWith(Channels.CHAIN)) {
      return chain(channel.substring(Channels.CHAIN.length()));
    }
    if (channel.startsWith(Channels.CHAIN_STATE_WISH)) {
      return chain(channel.substring(Channels.CHAIN_STATE_WISH.length()));
    }
    if (channel.startsWith(Channels.CHAIN_WISH)) {
      return chain(channel.substring(Channels.CHAIN_WISH.length()));
    }
    if (channel.startsWith(Channels.IV_INDEX)) {
      String underlying = channel.substring(Channels.IV_INDEX.length());
      return underlying.isEmpty() ? OTHER : new OfVolatility(underlying);
    }
    if (channel.startsWith(Channels.PRICE_WISH)) {
      return new OfPrice(channel.substring(Channels.PRICE_WISH.length()));
    }
    for (String prefix : List.of(Channels.TICK, Channels.TRADE, Channels.TICKER)) {
      if (channel.startsWith(prefix)) {
        return instrument(channel.substring(prefix.length()), false);
      }
    }
    for (String prefix : List.of(Channels.CANDLES, Channels.INDICATORS)) {
      if (channel.startsWith(prefix)) {
        return instrument(beforeColon(channel.substring(prefix.length())), false);
      }
    }
    return OTHER;
  }

  private static ChannelSubject instrument(String symbol, boolean book) {
    return symbol.isEmpty() ? OTHER : new OfInstrument(symbol, book);
  }

  private static String beforeColon(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(0, colon);
  }

  private static ChannelSubject chain(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      return OTHER;
    }
    try {
      return new OfChain(text.substring(0, colon), LocalDate.parse(text.substring(colon + 1)));
    } catch (DateTimeException _) {
      return OTHER;
    }
  }
}
