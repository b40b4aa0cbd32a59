package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of all instruments of a market, by key. The server's loop applies and reads; the last
 * prices may be read by any thread.
 */
public final class QuoteBoard implements SimulatedQuotes {

  private final Map<String, QuoteState> quotes = new LinkedHashMap<>();
  private final List<Instrument> instruments;
  private final Map<String, BigDecimal> lastPrices = new ConcurrentHashMap<>();
  private long now;

  /** The board of these instruments; ticks of others are ignored. */
  public QuoteBoard(List<Instrument> instruments) {
    this.instruments = List.copyOf(instruments);
    instruments.forEach(one -> quotes.put(one.key(), new QuoteState(one)));
  }

  public void apply(Tick tick) {
    now = Math.max(now, tick.times().exchange());
    QuoteState quote = quotes.get(tick.instrument().key());
    if (quote == null) {
      return;
    }
    quote.apply(tick);
    BigDecimal last = quote.last();
    if (last != null) {
      lastPrices.put(quote.instrument().key(), last);
    }
  }

  @Override
  public List<Instrument> instruments() {
    return instruments;
  }

  @Override
  public @Nullable QuoteState quote(String key) {
    return quotes.get(key);
  }

  @Override
  public long now() {
    return now;
  }

  /** The last price of an instrument, from any thread; null before the first. */
  public @Nullable BigDecimal lastPrice(String key) {
    return lastPrices.get(key);
  }
}
