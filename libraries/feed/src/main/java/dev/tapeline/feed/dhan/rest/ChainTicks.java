package dev.tapeline.feed.dhan.rest;

import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells option chains as ticks of their options. Of an option that the feed streams only the marks
 * are told, as the rest of an answer is older than the stream. Owned by the thread of its feed.
 */
public final class ChainTicks {

  private final ChainLegs instruments;
  private final Predicate<Instrument> streaming;
  private final TradingHours hours;

  // The answer at hand.
  private Times times = Times.UNKNOWN;
  private int told;

  /**
   * What an answer was.
   *
   * @param ticks how many ticks it gave
   * @param unknown how many of its options are unknown here
   * @param bad how many of its rows could not be read
   * @param fingerprint another number whenever a last price or an open interest is another one
   */
  public record Told(int ticks, int unknown, int bad, long fingerprint) {}

  /**
   * @param streaming whether the feed sends packets of an instrument now
   */
  public ChainTicks(ChainLegs instruments, Predicate<Instrument> streaming, TradingHours hours) {
    this.instruments = instruments;
    this.streaming = streaming;
    this.hours = hours;
  }

  /** Tells the ticks of an answer, and ends them if there are any. */
  public Told tell(ChainKey chain, JsonNode data, long received, TickListener out) {
    ChainAnswer answer = ChainAnswer.read(data);
    times = new Times(0, received);
    told = 0;
    spot(chain, answer.spot(), out);
    int unknown = 0;
    for (ChainAnswer.Leg leg : answer.legs()) {
      Instrument option = instruments.leg(chain, leg.strike(), leg.right(), leg.securityId());
      if (option == null) {
        unknown++;
      } else {
        leg(option, leg, answer.spot(), out);
      }
    }
    if (told > 0) {
      out.onFrameEnd();
    }
    return new Told(told, unknown, answer.bad(), answer.fingerprint());
  }

  private void tell(TickListener out, Tick tick) {
    told++;
    out.onTick(tick);
  }

  /** The spot has no time: it is a value of an index only while there are new ones. */
  private void spot(ChainKey chain, @Nullable BigDecimal spot, TickListener out) {
    Instrument underlying = instruments.underlying(chain.underlying());
    if (spot == null || underlying == null || streaming.test(underlying)) {
      return;
    }
    boolean value =
        underlying instanceof Instrument.Index
            && hours.isOpen(times.received())
            && !hours.isPreOpen(underlying, times.received());
    tell(
        out,
        value
            ? new Tick.IndexValue(underlying, times, spot)
            : new Tick.LastPrice(underlying, times, spot));
  }

  private void leg(
      Instrument option, ChainAnswer.Leg leg, @Nullable BigDecimal spot, TickListener out) {
    if (!streaming.test(option)) {
      price(option, leg, out);
      figures(option, leg, out);
      quote(option, leg, out);
      interest(option, leg, out);
    }
    marks(option, leg, spot, out);
  }

  private void price(Instrument option, ChainAnswer.Leg leg, TickListener out) {
    BigDecimal price = leg.price("last_price");
    if (price != null) {
      tell(out, new Tick.LastPrice(option, times, price));
    }
  }

  private void figures(Instrument option, ChainAnswer.Leg leg, TickListener out) {
    BigDecimal volume = leg.quantity("volume");
    BigDecimal average = leg.price("average_price");
    BigDecimal close = leg.price("previous_close_price");
    if (volume != null || average != null || close != null) {
      tell(out, new Tick.DayStats(option, times, null, null, null, volume, average, close));
    }
  }

  private void quote(Instrument option, ChainAnswer.Leg leg, TickListener out) {
    BestPrice bid = Values.best(leg.price("top_bid_price"), leg.quantity("top_bid_quantity"));
    BestPrice ask = Values.best(leg.price("top_ask_price"), leg.quantity("top_ask_quantity"));
    if (bid != null || ask != null) {
      tell(out, new Tick.Quote(option, times, 0, bid, ask));
    }
  }

  private void interest(Instrument option, ChainAnswer.Leg leg, TickListener out) {
    BigDecimal value = leg.quantity("oi");
    if (value != null) {
      BigDecimal previous = leg.quantity("previous_oi");
      tell(out, new Tick.OpenInterest(option, times, value, null, null, previous));
    }
  }

  /** The vendor computes figures also of options without a price, which mean nothing. */
  private void marks(
      Instrument option, ChainAnswer.Leg leg, @Nullable BigDecimal spot, TickListener out) {
    BigDecimal iv = leg.price("implied_volatility");
    if (iv != null && leg.price("last_price") != null) {
      tell(
          out,
          new Tick.Marks(
              option,
              times,
              iv,
              null,
              null,
              leg.greek("delta"),
              leg.greek("gamma"),
              leg.greek("theta"),
              leg.greek("vega"),
              null,
              null,
              spot));
    }
  }
}
