package dev.tapeline.feed.deribit;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option chain that is watched as a whole. If it has more options than may have tickers, those
 * nearest to the money have one; they are chosen anew when the price has moved an eighth of the way
 * that they cover. Owned by the thread of its feed.
 */
final class ChainWatch {

  private static final BigDecimal PART = new BigDecimal(8);
  private static final long SUMMARY_MILLIS = Duration.ofSeconds(30).toMillis();

  private final ChainKey key;
  private final int maxTickers;
  private List<Instrument.Option> options = List.of();
  private List<Instrument.Option> chosen = List.of();
  private @Nullable BigDecimal centre;
  private boolean summarized;
  private long summaryDue;

  ChainWatch(ChainKey key, int maxTickers) {
    this.key = key;
    this.maxTickers = maxTickers;
  }

  ChainKey key() {
    return key;
  }

  /** The currency under which Deribit lists the chain. */
  String currency() {
    return DeribitNames.currencyOf(key.underlying());
  }

  /** Takes the options of the chain, as they are listed now. */
  void list(List<Instrument.Option> listed, @Nullable BigDecimal price) {
    options = listed;
    centre = null;
    chosen = isLarge() ? List.of() : options;
    choose(price);
  }

  /** Whether it has more options than may have tickers. */
  boolean isLarge() {
    return options.size() > maxTickers;
  }

  List<Instrument.Option> options() {
    return options;
  }

  /** The options with a ticker of their own. */
  List<Instrument.Option> chosen() {
    return chosen;
  }

  /** Chooses the options for tickers anew if the price asks for it; returns whether it did. */
  boolean choose(@Nullable BigDecimal price) {
    if (!isLarge() || price == null || isNear(price)) {
      return false;
    }
    centre = price;
    chosen =
        options.stream()
            .sorted(
                Comparator.comparing(
                        (Instrument.Option option) -> option.strike().subtract(price).abs())
                    .thenComparing(Instrument.Option::symbol))
            .limit(maxTickers)
            .toList();
    return true;
  }

  private boolean isNear(BigDecimal price) {
    if (centre == null || chosen.isEmpty()) {
      return false;
    }
    BigDecimal lowest = chosen.getFirst().strike();
    BigDecimal highest = lowest;
    for (Instrument.Option option : chosen) {
      lowest = lowest.min(option.strike());
      highest = highest.max(option.strike());
    }
    BigDecimal moved = price.subtract(centre).abs();
    return moved.multiply(PART).compareTo(highest.subtract(lowest)) <= 0;
  }

  /**
   * Whether a summary is to be asked for: until one has come, and now and then for those without a
   * ticker.
   */
  boolean isSummaryDue(long now) {
    return !options.isEmpty() && now >= summaryDue && (!summarized || isLarge());
  }

  void summaryAsked(long now) {
    summaryDue = now + SUMMARY_MILLIS;
  }

  void summaryCame() {
    summarized = true;
  }
}
