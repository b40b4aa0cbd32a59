package dev.tapeline.simulate.deribit;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.simulate.market.Derivatives;
import dev.tapeline.simulate.market.ForwardSeries;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is traded at the simulated Deribit: options and futures on bitcoin and ether, of three
 * expiries, and a perpetual of each. All follow the market's bitcoin; ether is a fixed part of it.
 * Prices of options are in the coin, others in dollars.
 */
final class DeribitMarket {

  static final String SEGMENT = "DERIBIT";
  static final List<String> CURRENCIES = List.of("BTC", "ETH");

  /** When a perpetual expires, epoch ms: Deribit's way to say never. */
  private static final long NEVER = 32_503_708_800_000L;

  private static final String BITCOIN = "SIM:BTC_USDT";
  private static final LocalTime EXPIRY = LocalTime.of(8, 0);
  private static final BigDecimal ETHER = new BigDecimal("0.04");
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("dMMMyy", Locale.ENGLISH);

  private final SimulatedQuotes quotes;
  private final Map<String, Instrument> instruments = new LinkedHashMap<>();

  DeribitMarket(SimulatedQuotes quotes) {
    this.quotes = quotes;
    quotes.instruments().stream()
        .filter(one -> one.segment().equals(SEGMENT))
        .forEach(one -> instruments.put(one.symbol(), one));
  }

  /** Whether derivatives follow the price of an instrument, or it is one of them. */
  static boolean isRelevant(Instrument instrument) {
    return instrument.key().equals(BITCOIN) || instrument.segment().equals(SEGMENT);
  }

  /** What is traded besides the market's own instruments. */
  static List<Derivatives> derivatives(Instant now) {
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate week = today.plusDays(1).with(TemporalAdjusters.next(DayOfWeek.FRIDAY));
    LocalDate month = week.plusMonths(1).with(TemporalAdjusters.lastInMonth(DayOfWeek.FRIDAY));
    List<LocalDate> expiries = List.of(week, week.plusWeeks(1), month);
    return List.of(
        series("BTC", BigDecimal.ONE, expiries, "62000", "1000", 0.55),
        series("ETH", ETHER, expiries, "2475", "50", 0.65),
        forwards("BTC", BigDecimal.ONE, expiries, "0.5", "10"),
        forwards("ETH", ETHER, expiries, "0.05", "1"));
  }

  private static ForwardSeries forwards(
      String currency, BigDecimal scale, List<LocalDate> expiries, String tick, String lot) {
    BigDecimal size = new BigDecimal(lot);
    List<ForwardSeries.Forward> forwards = new ArrayList<>();
    Reference perpetual = reference(currency + "-PERPETUAL", new BigDecimal(tick));
    forwards.add(new ForwardSeries.Forward(new Instrument.Pair(perpetual), scale, size));
    for (LocalDate expiry : expiries) {
      Reference future = reference(currency + "-" + date(expiry), new BigDecimal(tick));
      forwards.add(
          new ForwardSeries.Forward(
              new Instrument.Future(future, currency, expiry, size), scale, size));
    }
    return new ForwardSeries(BITCOIN, forwards);
  }

  private static Reference reference(String name, BigDecimal tick) {
    return new Reference(name, SEGMENT, name, name, tick);
  }

  private static String date(LocalDate expiry) {
    return NAME.format(expiry).toUpperCase(Locale.ROOT);
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
        (_, expiry, strike, call, tick) -> reference(name(currency, expiry, strike, call), tick),
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
        .formatted(currency, date(expiry), strike.toPlainString(), call ? "C" : "P");
  }

  /** An instrument by its name; null if it is not traded. */
  @Nullable Instrument instrument(String name) {
    return instruments.get(name);
  }

  /**
   * The instruments of a currency.
   *
   * @param currency in upper case
   * @param kind {@code option}, {@code future}, or {@code any}
   */
  List<Instrument> instruments(String currency, String kind) {
    return instruments.values().stream()
        .filter(one -> currency(one).equals(currency))
        .filter(one -> kind.equals("any") || kind(one).equals(kind))
        .toList();
  }

  /** The options on a currency, in upper case. */
  List<Instrument.Option> options(String currency) {
    return instruments(currency, "option").stream().map(Instrument.Option.class::cast).toList();
  }

  /** The figures of an instrument; null if it is not traded. */
  @Nullable QuoteState quote(String name) {
    return quotes.quote(SEGMENT + ":" + name);
  }

  /** The currency of an instrument, in upper case. */
  static String currency(Instrument instrument) {
    return instrument.symbol().substring(0, instrument.symbol().indexOf('-'));
  }

  /** The kind of an instrument in Deribit's words: a perpetual is a future too. */
  static String kind(Instrument instrument) {
    return instrument instanceof Instrument.Option ? "option" : "future";
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

  /** The last prices of all instruments that have one, and of the indices, by key. */
  Map<String, BigDecimal> lastPrices() {
    Map<String, BigDecimal> prices = new HashMap<>();
    instruments.forEach((name, one) -> put(prices, one.key(), last(name)));
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

  /** When an instrument expires, epoch ms. */
  static long expiry(Instrument instrument) {
    return switch (instrument) {
      case Instrument.Option option -> millis(option.expiry());
      case Instrument.Future future -> millis(future.expiry());
      case Instrument.Pair _, Instrument.Index _, Instrument.Share _ -> NEVER;
    };
  }

  private static long millis(LocalDate expiry) {
    return expiry.atTime(EXPIRY).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** The name of the future that an option's price follows. */
  static String future(Instrument.Option option) {
    return option.underlying() + "-" + date(option.expiry());
  }
}
