package dev.tapeline.plant.channels;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.study.IndicatorRequest;
import java.util.Optional;

/**
 * The name of a channel of indicators: {@code indicators:{SYMBOL}}, {@code
 * indicators:{SYMBOL}:{TF}} or {@code indicators:{SYMBOL}:{TF}:{SPEC}}, where the spec is such as
 * {@code rsi-14+ema-20}. Without a spec, the common indicators are meant; without a frame, one
 * minute.
 *
 * @param name what stands behind the symbol; empty if nothing does
 */
public record IndicatorChannel(String symbol, String name) {

  /** The parts of a channel's name; empty if it is not one of indicators. */
  public static Optional<IndicatorChannel> of(String channel) {
    if (!channel.startsWith(Channels.INDICATORS)) {
      return Optional.empty();
    }
    String rest = channel.substring(Channels.INDICATORS.length());
    int colon = rest.indexOf(':');
    String symbol = colon < 0 ? rest : rest.substring(0, colon);
    String name = colon < 0 ? IndicatorRequest.COMMON_NAME : rest.substring(colon + 1);
    return symbol.isEmpty() ? Optional.empty() : Optional.of(new IndicatorChannel(symbol, name));
  }

  /**
   * What is wrong with the name of a channel of indicators, and what to do; empty if nothing is.
   */
  public static Optional<String> problem(String channel) {
    try {
      of(channel).ifPresent(IndicatorChannel::request);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What the name asks for.
   *
   * @throws IllegalArgumentException if its frame or its indicators are none
   */
  public IndicatorRequest request() {
    if (name.isEmpty()) {
      return IndicatorRequest.COMMON;
    }
    int colon = name.indexOf(':');
    String frame = colon < 0 ? name : name.substring(0, colon);
    IndicatorSpec spec =
        colon < 0 ? IndicatorSpec.DEFAULT : IndicatorSpec.parse(name.substring(colon + 1));
    return new IndicatorRequest(name, Frame.parse(frame), spec);
  }
}
