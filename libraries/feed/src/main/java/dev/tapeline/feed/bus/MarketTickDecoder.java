package dev.tapeline.feed.bus;

import dev.tapeline.feed.Decoded;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Decodes the publications of {@code market:tick:{SYMBOL}}: JSON objects with the state of one
 * instrument. All members except a price may be absent.
 *
 * <table>
 * <caption>Members</caption>
 * <tr><th>member</th><th>is</th></tr>
 * <tr><td>{@code ltp}, or {@code last_price} or {@code price}</td><td>last price</td></tr>
 * <tr><td>{@code ltq}, or {@code last_quantity} or {@code quantity}</td><td>its quantity</td></tr>
 * <tr><td>{@code exchangeTime} or {@code timestamp}</td><td>when: epoch milliseconds or seconds, or
 *     ISO-8601 with an offset</td></tr>
 * <tr><td>{@code bid}, {@code ask}</td><td>best prices</td></tr>
 * <tr><td>{@code open}, {@code high}, {@code low}, {@code volume}, {@code averagePrice}, {@code
 *     prevClose}</td><td>figures of the session</td></tr>
 * <tr><td>{@code key}</td><td>{@code SEGMENT:SECURITY_ID}; without it the segment is {@code
 *     BUS}</td></tr>
 * <tr><td>{@code simulated}</td><td>{@code true} if the prices are invented</td></tr>
 * </table>
 *
 * <p>A tick whose last price, quantity and time are those of the tick before is not taken for a
 * trade. Owned by one thread.
 */
public final class MarketTickDecoder {

  private static final int MAX_REASON = 200;
  private static final Decoded READ = new Decoded.Read("");

  /** Finds the instrument of a tick. */
  public interface Directory {

    /**
     * The instrument of a symbol, which may be made for it.
     *
     * @param key segment and security id; null if the publisher does not give it
     * @param isSimulated whether the publisher marks the tick as simulated
     * @return null if another source has the symbol
     * @throws IllegalArgumentException if symbol or key can't be one, or there is no room
     */
    @Nullable Instrument instrument(String symbol, @Nullable String key, boolean isSimulated);
  }

  private final Directory directory;
  private final MarketTickFields fields = new MarketTickFields();
  private final List<Tick> ticks = new ArrayList<>();
  private final Map<String, LastTrade> trades = new HashMap<>();

  private record LastTrade(BigDecimal price, @Nullable BigDecimal quantity, long time) {}

  public MarketTickDecoder(Directory directory) {
    this.directory = directory;
  }

  /**
   * Decodes one payload: passes its ticks to the listener, and then the end of the frame. It passes
   * on nothing of a payload that is bad or ignored. What the listener throws is not caught.
   *
   * @param symbol the last part of the name of its channel
   * @param received when it was received, epoch ms UTC
   */
  public Decoded decode(String symbol, byte[] payload, long received, TickListener out) {
    ticks.clear();
    Decoded decoded = read(symbol, payload, received);
    if (decoded instanceof Decoded.Read) {
      ticks.forEach(out::onTick);
      out.onFrameEnd();
    }
    return decoded;
  }

  private Decoded read(String symbol, byte[] payload, long received) {
    try {
      fields.read(payload, 0, payload.length);
      if (hasNothing()) {
        return bad("neither ltp nor bid nor ask nor oi");
      }
      Instrument instrument = directory.instrument(symbol, fields.key, fields.simulated);
      if (instrument == null) {
        return Decoded.IGNORED;
      }
      addTicks(instrument, new Times(fields.time, received));
      return READ;
    } catch (JacksonException e) {
      return bad("not valid JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      return bad(String.valueOf(e.getMessage()));
    }
  }

  private boolean hasNothing() {
    return fields.price == null
        && fields.bid == null
        && fields.ask == null
        && fields.interest == null;
  }

  private static Decoded bad(String reason) {
    return new Decoded.Bad(reason.substring(0, Math.min(reason.length(), MAX_REASON)));
  }

  private void addTicks(Instrument instrument, Times times) {
    if (fields.hasDay()) {
      ticks.add(day(instrument, times));
    }
    if (fields.interest != null) {
      ticks.add(new Tick.OpenInterest(instrument, times, fields.interest, null, null, null));
    }
    if (fields.price != null) {
      addPrice(instrument, times, fields.price);
    }
    if (fields.bid != null || fields.ask != null) {
      ticks.add(new Tick.Quote(instrument, times, 0, best(fields.bid), best(fields.ask)));
    }
  }

  private Tick day(Instrument instrument, Times times) {
    return new Tick.DayStats(
        instrument,
        times,
        fields.open,
        fields.high,
        fields.low,
        fields.volume,
        fields.average,
        fields.prevClose);
  }

  private void addPrice(Instrument instrument, Times times, BigDecimal price) {
    if (instrument instanceof Instrument.Index) {
      ticks.add(new Tick.IndexValue(instrument, times, price));
      return;
    }
    LastTrade trade = new LastTrade(price, fields.quantity, fields.time);
    if (!trade.equals(trades.put(instrument.symbol(), trade))) {
      ticks.add(new Tick.Trade(instrument, times, Tick.NO_ID, price, fields.quantity, null, null));
    }
  }

  private static @Nullable BestPrice best(@Nullable BigDecimal price) {
    return price == null ? null : new BestPrice(price, null);
  }
}
