package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.board.MarketState;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes the payloads of the market channels. What is unknown is left out; simulated data says so
 * in each payload.
 *
 * <p>{@code market:tick}, {@code market:tick:{SYMBOL}}; prices and quantities are JSON numbers:
 *
 * <table>
 * <caption>Fields</caption>
 * <tr><th>field</th><th>is</th></tr>
 * <tr><td>symbol, key</td><td>the instrument</td></tr>
 * <tr><td>ltp, ltq</td><td>price and quantity of the last trade, or the index value</td></tr>
 * <tr><td>volume</td><td>quantity traded in this session</td></tr>
 * <tr><td>bid, ask</td><td>best prices</td></tr>
 * <tr><td>open, high, low</td><td>of this session</td></tr>
 * <tr><td>prevClose, change, changePct</td><td>close of the session before; ltp less that; the
 *     same in percent, two places</td></tr>
 * <tr><td>exchangeTime</td><td>when ltp arose at the exchange</td></tr>
 * <tr><td>receivedTime</td><td>when the tick behind this payload was received; as recorded, where
 *     it comes from a recording</td></tr>
 * <tr><td>simulated</td><td>true if invented</td></tr>
 * </table>
 *
 * <p>{@code trade@}, {@code depth@} and {@code ticker@} carry {@code {"stream":…,"data":…}} with
 * decimals as strings, with all the zeros that the exchange sent. Where a tick has the exchange's
 * own JSON, that is {@code data}, byte for byte. A whole book on {@code depth@} is marked {@code
 * "snapshot":true} and replaces what was built before.
 *
 * <p>{@code live_ltp_updates} carries type, key, symbol, ltp, and timestamp: when ltp arose.
 *
 * <p>Owned by one thread.
 */
final class Payloads {

  private static final int WHOLE_BOOK_LEVELS = 5000;

  /** How an envelope ends. */
  static final byte[] END = bytes("}}");

  /** How an envelope of invented data ends. */
  static final byte[] SIMULATED_END = bytes(",\"simulated\":true}}");

  private final JsonBytes out = new JsonBytes();
  private final byte[] end;
  private final byte[] envelopeEnd;

  Payloads(boolean simulated) {
    end = bytes(simulated ? ",\"simulated\":true}" : "}");
    envelopeEnd = simulated ? SIMULATED_END : END;
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  byte[] marketTick(InstrumentChannels outlet, MarketState state, Times times) {
    out.clear().raw(outlet.tickHead);
    number(",\"ltp\":", state.ltp());
    number(",\"ltq\":", state.ltq());
    number(",\"volume\":", state.volume());
    number(",\"bid\":", state.bid());
    number(",\"ask\":", state.ask());
    number(",\"open\":", state.open());
    number(",\"high\":", state.high());
    number(",\"low\":", state.low());
    number(",\"prevClose\":", state.prevClose());
    number(",\"change\":", state.change());
    number(",\"changePct\":", state.changePct());
    time(",\"exchangeTime\":", state.lastTime());
    time(",\"receivedTime\":", times.received());
    return out.raw(end).toBytes();
  }

  byte[] ltpUpdate(InstrumentChannels outlet, BigDecimal ltp, Times times) {
    long time = times.exchange() > 0 ? times.exchange() : times.received();
    out.clear().raw(outlet.ltpHead).number(ltp);
    out.ascii(",\"timestamp\":\"").ascii(Instant.ofEpochMilli(time).toString()).ascii("\"");
    return out.raw(end).toBytes();
  }

  byte[] trade(InstrumentChannels outlet, Tick.Trade trade) {
    out.clear().raw(outlet.tradeHead);
    if (trade.raw() != null) {
      return out.raw(trade.raw().bytes()).ascii("}").toBytes();
    }
    out.ascii("{\"e\":\"trade\",\"t\":").number(trade.id());
    out.ascii(trade.buyerIsMaker() ? ",\"m\":true" : ",\"m\":false");
    out.ascii(",\"p\":").quoted(trade.price()).ascii(",\"q\":").quoted(trade.quantity());
    out.ascii(",\"s\":\"").ascii(outlet.symbol).ascii("\"");
    time(",\"T\":", trade.times().exchange());
    return out.raw(envelopeEnd).toBytes();
  }

  byte[] ticker(InstrumentChannels outlet, MarketState state, BigDecimal last) {
    out.clear().raw(outlet.tickerHead).quoted(last);
    quoted(",\"b\":", state.bid());
    quoted(",\"a\":", state.ask());
    quoted(",\"o\":", state.open());
    quoted(",\"h\":", state.high());
    quoted(",\"l\":", state.low());
    quoted(",\"v\":", state.volume());
    return out.raw(envelopeEnd).toBytes();
  }

  byte[] depth(InstrumentChannels outlet, Tick.Depth depth) {
    out.clear().raw(outlet.depthHead);
    if (depth.raw() != null) {
      return out.raw(depth.raw().bytes()).ascii("}").toBytes();
    }
    out.ascii("{\"e\":\"depth\",\"a\":");
    BookForm.writeLevels(out, depth.asks());
    out.ascii(",\"b\":");
    BookForm.writeLevels(out, depth.bids());
    BookForm.writeIds(out, depth.firstId(), depth.lastId());
    return out.raw(envelopeEnd).toBytes();
  }

  byte[] wholeBook(InstrumentChannels outlet, Times times) {
    long time = times.exchange() > 0 ? times.exchange() : times.received();
    out.clear().raw(outlet.depthHead);
    outlet.bookForm.writeBook(out, outlet.symbol, outlet.book, WHOLE_BOOK_LEVELS, time);
    return out.raw(envelopeEnd).toBytes();
  }

  private void number(String name, @Nullable BigDecimal value) {
    if (value != null) {
      out.ascii(name).number(value);
    }
  }

  private void quoted(String name, @Nullable BigDecimal value) {
    if (value != null) {
      out.ascii(name).quoted(value);
    }
  }

  private void time(String name, long millis) {
    if (millis > 0) {
      out.ascii(name).number(millis);
    }
  }
}
