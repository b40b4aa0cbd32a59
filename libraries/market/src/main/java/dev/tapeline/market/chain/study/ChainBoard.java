package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chains of a market, their options by symbol, and what they are on. Its size is limited; what
 * is beyond is counted. Owned by the market's thread.
 */
final class ChainBoard {

  private static final int MAX_UNDERLYINGS = 10_000;
  private static final long LOOK_MILLIS = 60_000;

  /** How long after its settlement a chain is forgotten. */
  private static final long KEPT_MILLIS = Duration.ofDays(1).toMillis();

  private final ChainStudy.Parts parts;
  private final VolatilityRanks ranks;
  private final Map<String, LiveLeg> legs = new HashMap<>();
  private final Map<ChainKey, LiveChain> chains = new LinkedHashMap<>();
  private final Map<String, Underlying> underlyings = new HashMap<>();
  private long nextLook = Long.MIN_VALUE;

  ChainBoard(ChainStudy.Parts parts, VolatilityRanks ranks) {
    this.parts = parts;
    this.ranks = ranks;
  }

  Collection<LiveChain> chains() {
    return chains.values();
  }

  int legs() {
    return legs.size();
  }

  /** The place of an option; null if there is no room for it. */
  @Nullable LiveLeg leg(Instrument.Option option) {
    LiveLeg known = legs.get(option.symbol());
    if (known != null && known.option().equals(option)) {
      return known;
    }
    ChainLimits limits = parts.limits();
    LiveChain chain = known == null && legs.size() >= limits.maxLegs() ? null : chain(option);
    if (chain == null) {
      parts.counters().refuse();
      return null;
    }
    LiveLeg added = chain.add(option);
    legs.put(option.symbol(), added);
    return added;
  }

  private @Nullable LiveChain chain(Instrument.Option option) {
    ChainKey key = new ChainKey(option.underlying(), option.expiry());
    LiveChain known = chains.get(key);
    Underlying underlying = underlying(option.underlying());
    if (known != null || underlying == null || chains.size() >= parts.limits().maxChains()) {
      return known;
    }
    ChainTerms terms = ChainTerms.of(option, parts.convention(), parts.limits());
    ExpiryClock clock =
        new ExpiryClock(parts.calendar(), terms.venue(), option.expiry(), terms.convention());
    ChainTiming timing = new ChainTiming(parts.demand().of(key));
    LiveChain made = new LiveChain(key, underlying, terms, clock, timing);
    chains.put(key, made);
    underlying.chains().add(made);
    return made;
  }

  private @Nullable Underlying underlying(String symbol) {
    Underlying known = underlyings.get(symbol);
    if (known == null && underlyings.size() < MAX_UNDERLYINGS) {
      known = new Underlying(() -> ranks.of(symbol));
      underlyings.put(symbol, known);
    }
    return known;
  }

  /** Takes the price of something that may have options; returns it if that has moved. */
  @Nullable Underlying onPrice(Instrument instrument, BigDecimal price, long now) {
    Underlying underlying = underlying(instrument.symbol());
    if (underlying == null) {
      parts.counters().refuse();
      return null;
    }
    return underlying.onPrice(instrument, price, now);
  }

  /** Takes a tick of a future of something that may have options. */
  void onFuture(Instrument.Future future, Tick tick, long now) {
    Underlying underlying = underlying(future.underlying());
    if (underlying == null) {
      parts.counters().refuse();
    } else {
      underlying.onFuture(future.expiry(), tick, now);
    }
  }

  /** Forgets the chains that have settled a day ago; returns how many. */
  int dropSettled(long now) {
    if (now < nextLook) {
      return 0;
    }
    nextLook = now + LOOK_MILLIS;
    int before = chains.size();
    chains.values().removeIf(chain -> now - end(chain) > KEPT_MILLIS);
    if (chains.size() < before) {
      underlyings
          .values()
          .forEach(it -> it.chains().removeIf(chain -> !chains.containsValue(chain)));
      legs.values().removeIf(leg -> !chains.containsKey(leg.chain.key()));
    }
    return before - chains.size();
  }

  private static long end(LiveChain chain) {
    return chain.settlement() > 0
        ? chain.settlement()
        : chain.key().expiry().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
