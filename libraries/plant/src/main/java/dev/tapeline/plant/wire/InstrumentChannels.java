package dev.tapeline.plant.wire;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.event.DayFigures;
import dev.tapeline.market.event.LastValues;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.Keys;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The channels and keys of one instrument, the constant beginnings of its payloads, and the state
 * to publish. Mutable; owned by one {@link MarketPublisher}.
 */
final class InstrumentChannels {

  /** More than an instrument has at a time. */
  private static final int MAX_FRAMES = 64;

  final String tickChannel;
  final String tradeChannel;
  final String depthChannel;
  final String tickerChannel;
  final String ltpKey;
  final String simulatedKey;
  final String priceKey;
  final String recentKey;

  final byte[] tickHead;
  final byte[] ltpHead;
  final byte[] tradeHead;
  final byte[] depthHead;
  final byte[] tickerHead;
  final String symbol;
  final boolean isIndex;
  final BookForm bookForm;
  private final Instrument instrument;

  /** The state of the instrument; null before there is any. */
  @Nullable LastValues last;

  @Nullable DayFigures day;

  /** The vendor's own figures of an option; null where it sends none. */
  Tick.@Nullable Marks marks;

  /** The times of the newest tick that changed the state. */
  Times times = Times.UNKNOWN;

  /** Whether the newest prices are invented. */
  boolean simulated;

  /** Whether the present frame has changed the state. */
  boolean changed;

  /** The price to be cached at the end of the batch; null if it has not changed. */
  @Nullable BigDecimal uncached;

  /** When the newest market tick was written to the cache, epoch ms UTC; 0 before the first. */
  long tickCachedAt;

  int changesSinceWholeBook;
  long lossesAtWholeBook;
  private @Nullable BigDecimal announcedLtp;

  /** The names of the bars, by frame; forgotten when there are too many. */
  private final Map<Frame, CandleNames> candles = new HashMap<>();

  InstrumentChannels(Instrument instrument) {
    this.instrument = instrument;
    symbol = instrument.symbol();
    isIndex = instrument instanceof Instrument.Index;
    String key = instrument.key();
    tickChannel = Channels.tick(symbol);
    tradeChannel = Channels.trade(symbol);
    depthChannel = Channels.depth(symbol);
    tickerChannel = Channels.ticker(symbol);
    ltpKey = Keys.ltp(key);
    simulatedKey = Keys.simulated(key);
    priceKey = Keys.price(symbol);
    recentKey = Keys.recentTicks(symbol);
    tickHead = bytes("{\"symbol\":\"%s\",\"key\":\"%s\"".formatted(symbol, key));
    ltpHead =
        bytes(
            "{\"type\":\"screener_ltp_update\",\"key\":\"%s\",\"symbol\":\"%s\",\"ltp\":"
                .formatted(key, symbol));
    tradeHead = bytes("{\"stream\":\"%s\",\"data\":".formatted(tradeChannel));
    depthHead = bytes("{\"stream\":\"%s\",\"data\":".formatted(depthChannel));
    tickerHead =
        bytes(
            "{\"stream\":\"%s\",\"data\":{\"e\":\"ticker\",\"s\":\"%s\",\"c\":"
                .formatted(tickerChannel, symbol));
    bookForm = instrument.segment().equals("BINANCE") ? BookForm.BINANCE : BookForm.SIMPLE;
  }

  /** The names of the bars of a frame. */
  CandleNames candles(Frame frame) {
    CandleNames known = candles.get(frame);
    if (known != null) {
      return known;
    }
    if (candles.size() >= MAX_FRAMES) {
      candles.clear();
    }
    CandleNames made = CandleNames.of(symbol, frame);
    candles.put(frame, made);
    return made;
  }

  boolean areOf(Instrument other) {
    return instrument.equals(other);
  }

  /** Takes over the state that was published under another key. */
  void continueFrom(InstrumentChannels before) {
    last = before.last;
    day = before.day;
    marks = before.marks;
    times = before.times;
    announcedLtp = before.announcedLtp;
    tickCachedAt = before.tickCachedAt;
  }

  /** Notes the price as announced; returns whether it differs from the one before. */
  boolean announce(BigDecimal ltp) {
    boolean news = announcedLtp == null || announcedLtp.compareTo(ltp) != 0;
    announcedLtp = ltp;
    return news;
  }

  /** Forgets the state of the session before. */
  void startOver() {
    announcedLtp = null;
    marks = null;
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }
}
