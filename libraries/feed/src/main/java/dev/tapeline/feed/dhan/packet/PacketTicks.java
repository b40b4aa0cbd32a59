package dev.tapeline.feed.dhan.packet;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is new in a packet as ticks.
 *
 * <p>The feed is conflated and repeats itself: a packet is sent for any change, and after each
 * subscription. There is a trade only if the volume has grown, or in mode ticker if the last price
 * or its time is another one. Its quantity is the vendor's last quantity, which has 16 bits and is
 * that of the last of several trades; the volume has the true sum. The first price of an instrument
 * and prices before the opening are no trades. Owned by the thread of its feed.
 */
final class PacketTicks {

  private static final long FIRST_TIME = 946_684_800_000L; // 2000; the vendor's "never" is in 1980
  private static final long MAX_AHEAD = 300_000;
  private static final long DAY = 86_400_000;
  private static final long INDIA = 19_800_000;

  private final TradingHours hours;
  private final long ahead;
  private final PacketListener faults;
  private final BookTicks books = new BookTicks();

  // The frame at hand.
  private long received;
  private @Nullable TickListener out;
  private boolean told;
  private Times untimed = Times.UNKNOWN;
  private Times times = Times.UNKNOWN;

  PacketTicks(TradingHours hours, Duration ahead, PacketListener faults) {
    this.hours = hours;
    this.ahead = ahead.toMillis();
    this.faults = faults;
  }

  void begin(long time, TickListener listener) {
    received = time;
    out = listener;
    told = false;
    untimed = new Times(0, time);
    times = untimed;
  }

  /** Ends the frame, and returns whether it had ticks. */
  boolean end() {
    out = null;
    return told;
  }

  void seen(InstrumentState state) {
    state.lastPacket = received;
    state.streaming = true;
  }

  void tell(Tick tick) {
    TickListener listener = out;
    if (listener != null) {
      told = true;
      listener.onTick(tick);
    }
  }

  void badBook(InstrumentState state) {
    faults.onFault("price", "a price in the book of " + state.instrument.symbol());
  }

  void ticker(InstrumentState state, byte[] frame, int at) {
    int bits = Bytes.i32(frame, at + 8);
    if (!isPrice(bits)) {
      return;
    }
    long time = time(state, Bytes.u32(frame, at + 12));
    boolean isNew = bits != state.price.bits() || time != state.tradeTime;
    boolean trade = isNew && state.priced && time != 0 && state.mode == FeedMode.TICKER;
    tellPrice(state, bits, time, trade, 0);
  }

  void quote(InstrumentState state, byte[] frame, int at) {
    lastPrice(state, frame, at);
    figures(state, frame, at + 34, Bytes.i32(frame, at + 18), Bytes.u32(frame, at + 22));
  }

  void full(InstrumentState state, byte[] frame, int at) {
    lastPrice(state, frame, at);
    figures(state, frame, at + 46, Bytes.i32(frame, at + 18), Bytes.u32(frame, at + 22));
    interest(
        state, Bytes.u32(frame, at + 34), Bytes.u32(frame, at + 38), Bytes.u32(frame, at + 42));
    books.levels(state, frame, at + 62, untimed, this);
  }

  /** An index as a packet of its own: value, open, close, high, low and time. */
  void index(InstrumentState state, byte[] frame, int at) {
    int bits = Bytes.i32(frame, at + 8);
    if (isPrice(bits)) {
      tellPrice(state, bits, time(state, Bytes.u32(frame, at + 28)), false, 0);
    }
    figures(state, frame, at + 12, state.average.bits(), state.toldVolume);
  }

  void prevClose(InstrumentState state, byte[] frame, int at) {
    int bits = Bytes.i32(frame, at + 8);
    BigDecimal close = isPrice(bits) ? Prices.of(bits) : null;
    long interest = Bytes.u32(frame, at + 12);
    if (interest > 0) {
      state.prevInterest = interest;
    }
    if (close != null) {
      state.prevClose = close;
      state.prevCloseDay = day();
      if (!isTold(state, close)) {
        tellFigures(state);
      }
    }
  }

  void interest(InstrumentState state, long value, long high, long low) {
    boolean isNew =
        value != state.interest
            || (high != 0 && high != state.interestHigh)
            || (low != 0 && low != state.interestLow);
    if (value == 0 || state.isIndex || !isNew) {
      return;
    }
    state.interest = value;
    state.interestHigh = high == 0 ? state.interestHigh : high;
    state.interestLow = low == 0 ? state.interestLow : low;
    tell(
        new Tick.OpenInterest(
            state.instrument,
            untimed,
            BigDecimal.valueOf(value),
            positive(state.interestHigh),
            positive(state.interestLow),
            positive(state.prevInterest)));
  }

  private void lastPrice(InstrumentState state, byte[] frame, int at) {
    int bits = Bytes.i32(frame, at + 8);
    boolean isPrice = isPrice(bits);
    long volume = Bytes.u32(frame, at + 22);
    long before = state.volume;
    if (volume < before) {
      faults.onFault("volume", "the volume of %s has fallen".formatted(state.instrument.symbol()));
    }
    state.volume = volume;
    if (isPrice) {
      boolean trade = state.priced && before != InstrumentState.NONE && volume > before;
      long time = time(state, Bytes.u32(frame, at + 14));
      tellPrice(state, bits, time, trade, Bytes.u16(frame, at + 12));
    }
  }

  /** The time of a trade as epoch ms UTC; 0 if it can't be true. */
  private long time(InstrumentState state, long seconds) {
    long time = seconds * 1000 - ahead;
    if (time < FIRST_TIME) {
      if (seconds > 0) {
        faults.onFault("time", "a trade long before this century: there was none");
      }
      return 0;
    } else if (time > received + MAX_AHEAD) {
      faults.onFault("time", "a trade of %s is in the future".formatted(state.instrument.symbol()));
      return 0;
    }
    return time;
  }

  /** Whether the bits are a price; tells of a bad one. A 0 is none, and not bad. */
  private boolean isPrice(int bits) {
    if (!Prices.isValid(bits)) {
      faults.onFault("price", "a price of " + Float.intBitsToFloat(bits));
      return false;
    }
    return !Prices.isNone(bits);
  }

  /** Tells a last price once more; nothing if there was none. */
  void priceAgain(InstrumentState state) {
    BigDecimal price = state.priced ? state.price.value() : null;
    if (price != null) {
      tell(new Tick.LastPrice(state.instrument, new Times(state.tradeTime, received), price));
    }
  }

  private void tellPrice(InstrumentState s, int bits, long time, boolean trade, int quantity) {
    boolean isNew = s.price.take(bits);
    boolean isLater = s.isIndex && s.priced && time != s.tradeTime;
    boolean first = !s.priced;
    BigDecimal price = s.price.value();
    s.priced = true;
    s.tradeTime = time;
    if (price == null || (!trade && !isNew && !isLater)) {
      return;
    }
    times = time == times.exchange() ? times : new Times(time, received);
    if (first || !(trade || s.isIndex) || isPreOpen(s, time)) {
      if (isNew) {
        tell(new Tick.LastPrice(s.instrument, times, price, hasArisenPreOpen(s, time)));
      }
    } else if (s.isIndex) {
      tell(new Tick.IndexValue(s.instrument, times, price));
    } else {
      tell(new Tick.Trade(s.instrument, times, Tick.NO_ID, price, positive(quantity), null, null));
    }
  }

  /** Whether the price came, or arose, before the opening; asks the calendar once a second. */
  private boolean isPreOpen(InstrumentState state, long time) {
    long second = received / 1000;
    if (state.askedReceived != second || state.askedTraded != time) {
      askCalendar(state, second, time);
    }
    return state.preOpen;
  }

  /** Whether the price itself is one of the opening auction, and not the last one of before. */
  private boolean hasArisenPreOpen(InstrumentState state, long time) {
    return time != 0 && isPreOpen(state, time) && hours.isPreOpen(state.instrument, time);
  }

  private void askCalendar(InstrumentState state, long second, long time) {
    state.askedReceived = second;
    state.askedTraded = time;
    state.preOpen =
        hours.isPreOpen(state.instrument, received)
            || (time != 0 && hours.isPreOpen(state.instrument, time));
  }

  /** Takes open, close, high and low of a packet, and the average and volume that go with them. */
  private void figures(InstrumentState s, byte[] frame, int at, int average, long volume) {
    boolean isNew = volume != s.toldVolume;
    isNew |= s.open.take(figure(Bytes.i32(frame, at), s.open));
    isNew |= s.high.take(figure(Bytes.i32(frame, at + 8), s.high));
    isNew |= s.low.take(figure(Bytes.i32(frame, at + 12), s.low));
    isNew |= s.average.take(figure(average, s.average));
    s.toldVolume = volume;
    boolean closed = takeClose(s, Bytes.i32(frame, at + 4));
    if (isNew || closed) {
      tellFigures(s);
    }
  }

  private int figure(int bits, HeldPrice before) {
    return isFigure(bits) ? bits : before.bits();
  }

  private boolean isFigure(int bits) {
    boolean valid = Prices.isValid(bits);
    if (!valid) {
      faults.onFault("price", "a figure of " + Float.intBitsToFloat(bits));
    }
    return valid;
  }

  /**
   * Takes the close of a packet as that of the session before, which it is until continuous trading
   * ends; the first of a day stays. An index has a packet of its own for it.
   */
  private boolean takeClose(InstrumentState state, int bits) {
    long day = day();
    if (!isFigure(bits) || state.isIndex || state.prevCloseDay == day) {
      return false;
    }
    BigDecimal close = Prices.of(bits);
    if (close == null || !hours.isBeforeClose(state.instrument, received)) {
      return false;
    }
    state.prevClose = close;
    state.prevCloseDay = day;
    return !isTold(state, close);
  }

  private static boolean isTold(InstrumentState state, BigDecimal close) {
    return state.toldPrevClose != null && state.toldPrevClose.compareTo(close) == 0;
  }

  /** The day in India, counted from 1970. */
  private long day() {
    return (received + INDIA) / DAY;
  }

  private void tellFigures(InstrumentState s) {
    BigDecimal open = s.open.value();
    BigDecimal high = s.high.value();
    BigDecimal low = s.low.value();
    BigDecimal volume = positive(s.toldVolume);
    BigDecimal average = s.average.value();
    BigDecimal close = s.prevCloseDay == day() ? s.prevClose : null;
    boolean isNewClose = close != null && !isTold(s, close);
    s.toldPrevClose = close == null ? s.toldPrevClose : close;
    if (open != null || high != null || low != null || volume != null || isNewClose) {
      tell(new Tick.DayStats(s.instrument, untimed, open, high, low, volume, average, close));
    }
  }

  private static @Nullable BigDecimal positive(long value) {
    return value > 0 ? BigDecimal.valueOf(value) : null;
  }
}
