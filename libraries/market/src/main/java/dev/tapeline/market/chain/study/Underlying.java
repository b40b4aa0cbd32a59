package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.LegPrice;
import dev.tapeline.market.chain.VolatilityRank;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.UnderlyingKind;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What options are on: its price, and those of its futures. Owned by the market's thread. */
final class Underlying {

  private static final int MAX_FUTURES = 64;

  private final Map<LocalDate, FuturePrice> futures = new HashMap<>();
  private final List<LiveChain> chains = new ArrayList<>();
  private final Supplier<VolatilityRank> rank;
  private @Nullable Instrument instrument;
  private @Nullable BigDecimal spot;
  private long movedAt;

  /** What is known of a future. */
  private static final class FuturePrice {
    private double bid = Double.NaN;
    private double ask = Double.NaN;
    private double last = Double.NaN;
    private long lastAt;

    private double value(long now, ChainTerms terms) {
      LegPrice.LastAge age = terms.age(now, lastAt);
      return LegPrice.of(bid, ask, last, age, terms.limits().maxSpread()).value();
    }
  }

  /**
   * @param rank tells where its volatility stands now
   */
  Underlying(Supplier<VolatilityRank> rank) {
    this.rank = rank;
  }

  /** Where its volatility stands among those of earlier days. */
  VolatilityRank rank() {
    return rank.get();
  }

  /** The price of the underlying; null before there is one. */
  @Nullable BigDecimal spot() {
    return spot;
  }

  /** When that price was another one last, epoch ms UTC. */
  long movedAt() {
    return movedAt;
  }

  UnderlyingKind kind() {
    return instrument == null ? UnderlyingKind.OTHER : UnderlyingKind.of(instrument);
  }

  /** Whether it is a future itself, as that of options on commodities is. */
  boolean isFuture() {
    return instrument instanceof Instrument.Future;
  }

  /** Takes its price; returns itself if that is another one than before. */
  @Nullable Underlying onPrice(Instrument it, BigDecimal price, long now) {
    instrument = it;
    if (spot != null && spot.compareTo(price) == 0) {
      return null;
    }
    spot = price;
    movedAt = now;
    return this;
  }

  /** The chains on it. */
  List<LiveChain> chains() {
    return chains;
  }

  /** The price of the future of an expiry; NaN if it has none that counts. */
  double future(LocalDate expiry, long now, ChainTerms terms) {
    FuturePrice future = futures.get(expiry);
    return future == null ? Double.NaN : future.value(now, terms);
  }

  /** Takes a tick of one of its futures. */
  void onFuture(LocalDate expiry, Tick tick, long now) {
    FuturePrice future = futures.get(expiry);
    if (future == null && futures.size() < MAX_FUTURES) {
      future = new FuturePrice();
      futures.put(expiry, future);
    }
    if (future == null) {
      return;
    }
    switch (tick) {
      case Tick.Quote quote -> {
        future.bid = number(quote.bid());
        future.ask = number(quote.ask());
      }
      case Tick.Trade trade -> {
        future.last = trade.price().doubleValue();
        future.lastAt = now;
      }
      default -> {} // says nothing of its price
    }
  }

  private static double number(@Nullable BestPrice best) {
    return best == null ? Double.NaN : best.price().doubleValue();
  }
}
