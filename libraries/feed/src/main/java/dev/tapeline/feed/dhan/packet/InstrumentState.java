package dev.tapeline.feed.dhan.packet;

import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor has last sent of one instrument, as it came, to see what is new in a packet. A
 * mutable carrier, owned by the thread of its feed.
 */
final class InstrumentState {

  static final long NONE = -1;

  final Instrument instrument;
  final boolean isIndex;
  FeedMode mode;

  /** When it was taken off the watchlist, epoch ms; {@link #NONE} while it is watched. */
  long removed = NONE;

  /** When its last packet was received, epoch ms; {@link #NONE} if there was none. */
  long lastPacket = NONE;

  /** Whether a packet has come since its connection was opened. */
  boolean streaming;

  // The last price.
  boolean priced;
  final HeldPrice price = new HeldPrice();
  long tradeTime;
  long volume = NONE;

  // The figures of the session.
  final HeldPrice open = new HeldPrice();
  final HeldPrice high = new HeldPrice();
  final HeldPrice low = new HeldPrice();
  final HeldPrice average = new HeldPrice();
  long toldVolume = NONE;

  // The close of the session before.
  @Nullable BigDecimal prevClose;
  @Nullable BigDecimal toldPrevClose;
  long prevCloseDay = NONE;

  // Open interest.
  long interest;
  long interestHigh;
  long interestLow;
  long prevInterest;

  // The best prices and the book.
  int bid;
  int ask;
  int bidQuantity;
  int askQuantity;
  byte @Nullable [] levels;

  /** Whether a depth socket sends its book, which is deeper than that of the feed. */
  boolean deep;

  // Whether the time of the last price is before the opening: the last answer of the calendar.
  long askedReceived = NONE;
  long askedTraded = NONE;
  boolean preOpen;

  InstrumentState(Instrument instrument, FeedMode mode) {
    this.instrument = instrument;
    this.isIndex = instrument instanceof Instrument.Index;
    this.mode = mode;
  }
}
