package dev.tapeline.market.volatility;

import java.util.Locale;

/** Why a figure of a volatility index is absent, or less good than it should be. */
public interface IndexReason {

  /** The name of the constant. */
  String name();

  /** The reason in words. */
  default String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
