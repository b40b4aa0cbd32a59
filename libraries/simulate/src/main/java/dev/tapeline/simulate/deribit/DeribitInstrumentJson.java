package dev.tapeline.simulate.deribit;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.simulate.net.Json;
import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Writes the rows of {@code get_instruments}. */
final class DeribitInstrumentJson {

  private static final long LISTED_BEFORE = 90L * 86_400_000;

  private DeribitInstrumentJson() {}

  /**
   * The row of an instrument.
   *
   * @param number of the row
   * @param now epoch ms
   */
  static ObjectNode of(Instrument instrument, int number, long now) {
    long expiry = DeribitMarket.expiry(instrument);
    String currency = DeribitMarket.currency(instrument);
    ObjectNode out =
        Json.object()
            .put("instrument_name", instrument.symbol())
            .put("instrument_id", 100_000 + number)
            .put("kind", DeribitMarket.kind(instrument))
            .put("expiration_timestamp", expiry)
            .put("creation_timestamp", Math.min(now, expiry) - LISTED_BEFORE)
            .put("tick_size", Json.number(instrument.tickSize()))
            .put("base_currency", currency)
            .put("counter_currency", "USD")
            .put("settlement_currency", currency)
            .put("instrument_type", "reversed")
            .put("price_index", currency.toLowerCase(Locale.ROOT) + "_usd")
            .put("is_active", now < expiry)
            .put("state", now < expiry ? "open" : "closed");
    if (instrument instanceof Instrument.Option option) {
      addOption(option, out);
    } else {
      addForward(instrument, currency, out);
    }
    return out;
  }

  private static void addOption(Instrument.Option option, ObjectNode out) {
    out.put("option_type", option.right() == Instrument.Right.CALL ? "call" : "put")
        .put("strike", Json.number(option.strike()))
        .put("settlement_period", "week")
        .put("contract_size", BigDecimal.ONE)
        .put("min_trade_amount", Json.number(option.lot()))
        .put("quote_currency", option.underlying());
    out.putArray("tick_size_steps")
        .addObject()
        .put("above_price", new BigDecimal("0.005"))
        .put("tick_size", new BigDecimal("0.0005"));
  }

  /** Amounts of inverse futures and perpetuals are in dollars. */
  private static void addForward(Instrument instrument, String currency, ObjectNode out) {
    BigDecimal size = BigDecimal.valueOf(currency.equals("BTC") ? 10 : 1);
    out.put("settlement_period", instrument instanceof Instrument.Future ? "week" : "perpetual")
        .put("contract_size", size)
        .put("min_trade_amount", size)
        .put("quote_currency", "USD");
    out.putArray("tick_size_steps");
  }
}
