package dev.tapeline.simulate.deribit;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.simulate.market.OptionSeries;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.market.SimulatedQuotes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is traded at the simulated Deribit: options on bitcoin and ether, of three expiries. Both
 * follow the market's bitcoin; ether is a fixed part of it. Prices are in the coin.
 */
final class DeribitMarket {

  static final String SEGMENT = "DERIBIT";
  static final List<String> CURRENCIES = List.of("BTC", "ETH");

  private static final String BITCOIN = "SIM:BTC_USDT";
  private static final LocalTime EXPIRY = LocalTime.of(8, 0);
  private static final BigDecimal ETHER = new BigDecimal("0.04");
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("dMMMyy", Locale.ENGLISH);

  private final SimulatedQuotes quotes;
  private final Map<String, Instrument.Option> options = new LinkedHashMap<>();

  DeribitMarket(SimulatedQuotes quotes) {
    this.quotes = quotes;
    for (Instrument one : quotes.instruments()) {
      if (one instanceof Instrument.Option option && option.segment().equals(SEGMENT)) {
        options.put(option.symbol(), option);
      }
    }
  }

  /** Whether options follow the price of an instrument, or it is one of them. */
  static boolean isRelevant(Instrument instrument) {
    return instrument.key().equals(BITCOIN) || instrument.segment().equals(SEGMENT);
  }

  /** The options that are traded besides the market's own instruments. */
  static List<OptionSeries> series(Instant now) {
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate week = today.plusDays(1).with(TemporalAdjusters.next(DayOfWeek.FRIDAY));
    LocalDate month = week.plusMonths(1).with(TemporalAdjusters.lastInMonth(DayOfWeek.FRIDAY));
    List<LocalDate> expiries = List.of(week, week.plusWeeks(1), month);
    return List.of(
        series("BTC", BigDecimal.ONE, expiries, "62000", "1000", 0.55),
        series("ETH", ETHER, expiries, "2475", "50", 0.65));
  }

  private static OptionSeries series(
      String currency,
      BigDecimal scale,
      List<LocalDate> expiries,
      String around,
      String step,
      double volatility) {
    return new OptionSeries(
        BITCOIN,
        currency,
        scale,
        (_, expiry, strike, call, tick) -> {
          String name = name(currency, expiry, strike, call);
          return new Reference(name, SEGMENT, name, name, tick);
        },
        expiries,
        EXPIRY,
        ZoneOffset.UTC,
        new BigDecimal(around),
        new BigDecimal(step),
        21,
        new BigDecimal("0.0001"),
        new BigDecimal("0.1"),
        true,
        volatility);
  }

  private static String name(String currency, LocalDate expiry, BigDecimal strike, boolean call) {
    return "%s-%s-%s-%s"
        .formatted(
            currency,
            NAME.format(expiry).toUpperCase(Locale.ROOT),
            strike.toPlainString(),
            call ? "C" : "P");
  }

  /** An option by its name; null if it is not traded. */
  Instrument.@Nullable Option option(String name) {
    return options.get(name);
  }

  /** The options on a currency, in upper case. */
  List<Instrument.Option> options(String currency) {
    return options.values().stream().filter(one -> one.underlying().equals(currency)).toList();
  }

  /** The figures of an option; null if it is not traded. */
  @Nullable QuoteState quote(String name) {
    return quotes.quote(SEGMENT + ":" + name);
  }

  /** The index of a currency in dollars; null before the market begins. */
  @Nullable BigDecimal index(String currency) {
    QuoteState bitcoin = quotes.quote(BITCOIN);
    BigDecimal price = bitcoin == null ? null : bitcoin.middle();
    if (price == null) {
      return null;
    }
    BigDecimal scale = currency.equals("BTC") ? BigDecimal.ONE : ETHER;
    return price.multiply(scale).setScale(2, RoundingMode.HALF_UP);
  }

  /** The last prices of all options that have one, and of the indices, by key. */
  Map<String, BigDecimal> lastPrices() {
    Map<String, BigDecimal> prices = new HashMap<>();
    options.forEach((name, option) -> put(prices, option.key(), last(name)));
    CURRENCIES.forEach(
        currency -> put(prices, SEGMENT + ":" + indexName(currency), index(currency)));
    return prices;
  }

  private static void put(Map<String, BigDecimal> prices, String key, @Nullable BigDecimal price) {
    if (price != null) {
      prices.put(key, price);
    }
  }

  private @Nullable BigDecimal last(String name) {
    QuoteState quote = quote(name);
    return quote == null ? null : quote.last();
  }

  /** The name of the price index of a currency. */
  static String indexName(String currency) {
    return currency.toLowerCase(Locale.ROOT) + "_usd";
  }

  static long expiry(Instrument.Option option) {
    return option.expiry().atTime(EXPIRY).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** The name of the future that an option's price follows. */
  static String future(Instrument.Option option) {
    return option.underlying() + "-" + NAME.format(option.expiry()).toUpperCase(Locale.ROOT);
  }
}
