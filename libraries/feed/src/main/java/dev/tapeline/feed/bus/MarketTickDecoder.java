package dev.tapeline.feed.bus;

import dev.tapeline.feed.Decoded;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.HashMap;
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
 * </table>
 *
 * <p>A tick whose last price, quantity and time are those of the tick before is not taken for a
 * trade. Owned by one thread.
 */
public final class MarketTickDecoder {

  private static final int MAX_REASON = 200;

  /** Finds the instrument of a tick. */
  public interface Directory {

    /**
     * The instrument of a symbol, which may be made for it.
     *
     * @param key segment and security id; null if the publisher does not give it
     * @return null if another source has the symbol, or there is no room
     * @throws IllegalArgumentException if symbol or key can't be one
     */
    @Nullable Instrument instrument(String symbol, @Nullable String key);
  }

  private final Directory directory;
  private final MarketTickFields fields = new MarketTickFields();
  private final Map<String, LastTrade> trades = new HashMap<>();

  private record LastTrade(BigDecimal price, @Nullable BigDecimal quantity, long time) {}

  public MarketTickDecoder(Directory directory) {
    this.directory = directory;
  }

  /**
   * Decodes one payload: passes its ticks to the listener, and then the end of the frame.
   *
   * @param symbol the last part of the name of its channel
   * @param received when it was received, epoch ms UTC
   */
  public Decoded decode(String symbol, byte[] payload, long received, TickListener out) {
    try {
      fields.read(payload, 0, payload.length);
      return tell(symbol, received, out);
    } catch (JacksonException e) {
      return bad("not valid JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      return bad(String.valueOf(e.getMessage()));
    }
  }

  private static Decoded bad(String reason) {
    return new Decoded.Bad(reason.substring(0, Math.min(reason.length(), MAX_REASON)));
  }

  private Decoded tell(String symbol, long received, TickListener out) {
    if (fields.price == null && fields.bid == null && fields.ask == null) {
      throw new IllegalArgumentException("neither ltp nor bid nor ask");
    }
    Instrument instrument = directory.instrument(symbol, fields.key);
    if (instrument == null) {
      return Decoded.IGNORED;
    }
    Times times = new Times(fields.time, received);
    tellDay(instrument, times, out);
    tellPrice(instrument, times, out);
    tellQuote(instrument, times, out);
    out.onFrameEnd();
    return new Decoded.Read("");
  }

  private void tellDay(Instrument instrument, Times times, TickListener out) {
    if (fields.open != null
        || fields.high != null
        || fields.low != null
        || fields.volume != null
        || fields.average != null
        || fields.prevClose != null) {
      out.onTick(
          new Tick.DayStats(
              instrument,
              times,
              fields.open,
              fields.high,
              fields.low,
              fields.volume,
              fields.average,
              fields.prevClose));
    }
  }

  private void tellPrice(Instrument instrument, Times times, TickListener out) {
    BigDecimal price = fields.price;
    if (price == null) {
      return;
    }
    if (instrument instanceof Instrument.Index) {
      out.onTick(new Tick.IndexValue(instrument, times, price));
      return;
    }
    LastTrade trade = new LastTrade(price, fields.quantity, fields.time);
    if (!trade.equals(trades.put(instrument.symbol(), trade))) {
      out.onTick(new Tick.Trade(instrument, times, Tick.NO_ID, price, fields.quantity, null, null));
    }
  }

  /** Passes on a quote: a side without a price has no orders; sizes are unknown. */
  private void tellQuote(Instrument instrument, Times times, TickListener out) {
    if (fields.bid != null || fields.ask != null) {
      out.onTick(new Tick.Quote(instrument, times, 0, level(fields.bid), level(fields.ask)));
    }
  }

  private static Level level(@Nullable BigDecimal price) {
    return price == null
        ? new Level(BigDecimal.ZERO, BigDecimal.ZERO)
        : new Level(price, BigDecimal.ONE);
  }
}
