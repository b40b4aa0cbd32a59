package dev.tapeline.protocols.exchange;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.protocols.spi.RawEnvelope;

/** How the verbs are answered, and data is wrapped. */
enum Dialect {
  /**
   * The front ends of the {@code trade@MARKET} family: each message is what was published, with
   * nothing in between, for they look at {@code message.data.e} without asking whether it is there.
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

  /** A trade would be counted twice; Binance's clients have other ways to a first book. */
  boolean beginsWithSnapshot(ChannelKind kind) {
    return this == FRONT_END && kind != ChannelKind.EVENT;
  }
}
