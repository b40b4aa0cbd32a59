package dev.tapeline.protocols.exchange;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.protocols.spi.RawEnvelope;

/** The dialects: how verbs are answered and data is wrapped. */
enum Dialect {
  /**
   * The front ends of the {@code trade@MARKET} family: they get the publications and no other
   * messages, because they read {@code message.data.e} without checking that it exists.
   */
  FRONT_END,

  /** Binance's {@code /ws/…}. */
  RAW,

  /** Binance's {@code /stream}. */
  COMBINED;

  /** The protocol's name, as administrators see it. */
  String protocol() {
    return this == FRONT_END ? "exchange front end" : BinanceStyle.NAME;
  }

  boolean acknowledges() {
    return this != FRONT_END;
  }

  Envelope envelopeOf(StreamName name) {
    return switch (this) {
      case FRONT_END -> RawEnvelope.INSTANCE;
      case RAW -> InnerEnvelope.INSTANCE;
      case COMBINED -> CombinedEnvelope.of(name);
    };
  }

  /**
   * Whether a subscription begins with a snapshot. A snapshot of a trade would be counted twice,
   * and Binance's clients fetch the first book in other ways.
   */
  boolean beginsWithSnapshot(ChannelKind kind) {
    return this == FRONT_END && kind != ChannelKind.EVENT;
  }
}
