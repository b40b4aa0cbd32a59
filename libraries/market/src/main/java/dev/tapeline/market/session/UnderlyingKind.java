package dev.tapeline.market.session;

import dev.tapeline.market.instrument.Instrument;

/** What a future or an option is on, as far as the hours of its last day depend on it. */
public enum UnderlyingKind {
  INDEX,
  STOCK,
  /** A commodity, a currency or a coin. */
  OTHER;

  /** The kind of an underlying instrument. */
  public static UnderlyingKind of(Instrument underlying) {
    return switch (underlying) {
      case Instrument.Index _ -> INDEX;
      case Instrument.Share _ -> STOCK;
      case Instrument.Pair _, Instrument.Future _, Instrument.Option _ -> OTHER;
    };
  }
}
