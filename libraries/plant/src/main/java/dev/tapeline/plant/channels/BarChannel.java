package dev.tapeline.plant.channels;

import dev.tapeline.market.bar.Frame;
import java.util.Optional;

/**
 * The bars that a channel is made of: its own ones, or those that its indicators are computed from.
 *
 * @param symbol of the instrument
 */
public record BarChannel(String symbol, Frame frame) {

  /**
   * The bars of the channel of this name; empty if it needs none. {@code indicators:{SYMBOL}} is on
   * minutes.
   */
  public static Optional<BarChannel> of(String channel) {
    if (channel.startsWith(Channels.CANDLES)) {
      String rest = channel.substring(Channels.CANDLES.length());
      int colon = rest.lastIndexOf(':');
      return colon <= 0
          ? Optional.empty()
          : of(rest.substring(0, colon), rest.substring(colon + 1));
    }
    if (channel.startsWith(Channels.INDICATORS)) {
      String[] parts = channel.substring(Channels.INDICATORS.length()).split(":", -1);
      return switch (parts.length) {
        case 1 -> of(parts[0], Frame.MINUTE.toString());
        case 3 -> of(parts[0], parts[1]);
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  private static Optional<BarChannel> of(String symbol, String frame) {
    if (symbol.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BarChannel(symbol, Frame.parse(frame)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
