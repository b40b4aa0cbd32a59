package dev.tapeline.market.volatility.study;

import dev.tapeline.market.chain.ExpiryQuotes;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Times;
import dev.tapeline.market.volatility.IndexInput;
import dev.tapeline.market.volatility.IndexReader;
import dev.tapeline.market.volatility.VolatilityReading;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The newest quotes of all expiries of one underlying, and when its index was told. Owned by the
 * market's thread.
 */
final class LiveIndex {

  final IndexRules rules;

  /** The option that has changed last. */
  Instrument.Option option;

  Times times = Times.UNKNOWN;

  /** Whether something has changed since it was told. */
  boolean isNews;

  /** When it was told last, epoch ms UTC. */
  long toldAt = Long.MIN_VALUE / 2;

  /** How long a list of the expiries that others have is taken for the newest. */
  private static final long LISTED_MILLIS = 60_000;

  private Collection<LocalDate> listed = List.of();
  private long listedAt = Long.MIN_VALUE / 2;
  private final TreeMap<LocalDate, Newest> expiries = new TreeMap<>();

  /** What a chain has told, and when. */
  private record Newest(IndexInput input, long time) {

    private boolean isSettledAt(long now) {
      return now - time >= input.quotes().left().millis();
    }
  }

  LiveIndex(IndexRules rules, Instrument.Option option) {
    this.rules = rules;
    this.option = option;
  }

  void put(ExpiryQuotes quotes, boolean isStale, long time) {
    expiries.put(quotes.key().expiry(), new Newest(new IndexInput(quotes, isStale), time));
  }

  /**
   * The reading.
   *
   * @param list asks for the expiries of an underlying that are known from elsewhere
   */
  VolatilityReading read(Function<String, Collection<LocalDate>> list, long now) {
    if (now - listedAt >= LISTED_MILLIS) {
      listed = list.apply(option.underlying());
      listedAt = now;
    }
    expiries.values().removeIf(newest -> newest.isSettledAt(now));
    TreeSet<LocalDate> known = new TreeSet<>(listed);
    known.addAll(expiries.keySet());
    List<IndexInput> inputs = expiries.values().stream().map(Newest::input).toList();
    return new IndexReader(rules.method(), inputs)
        .read(option.underlying(), now, rules.pair(known, now));
  }
}
