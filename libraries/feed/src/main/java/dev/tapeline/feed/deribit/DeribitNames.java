package dev.tapeline.feed.deribit;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Decimals;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that Deribit gives, and our symbols for them.
 *
 * <table>
 * <caption>Names and symbols</caption>
 * <tr><th>what</th><th>Deribit's name, the security id</th><th>symbol</th></tr>
 * <tr><td>option, future, perpetual</td><td>{@code BTC-25DEC26-100000-C}</td><td>the same</td></tr>
 * <tr><td>pair of the spot market</td><td>{@code BTC_USDC}</td><td>{@code BTC_USDC.SPOT}</td></tr>
 * <tr><td>price index</td><td>{@code btc_usdc}</td><td>{@code BTC_USDC}</td></tr>
 * <tr><td>volatility index</td><td>{@code DVOL.btc_usd}</td><td>{@code DVOL-BTC}</td></tr>
 * </table>
 */
final class DeribitNames {

  static final String SEGMENT = "DERIBIT";

  private static final String VOLATILITY = "DVOL.";
  private static final String US_DOLLAR = "_USD";

  /** The lot where only a name is known. */
  private static final BigDecimal ONE = BigDecimal.ONE;

  private static final Pattern OPTION =
      Pattern.compile(
          "([A-Z0-9]+(?:_[A-Z0-9]+)?)-(\\d{1,2}[A-Z]{3}\\d{2})-(\\d{1,12}(?:d\\d{1,12})?)-([CP])");
  private static final Pattern FUTURE =
      Pattern.compile("([A-Z0-9]+(?:_[A-Z0-9]+)?)-(\\d{1,2}[A-Z]{3}\\d{2})");
  private static final Pattern PERPETUAL = Pattern.compile("([A-Z0-9]+(?:_[A-Z0-9]+)?)-PERPETUAL");
  private static final Pattern SPOT = Pattern.compile("[A-Z0-9]+_[A-Z0-9]+");
  private static final Pattern INDEX = Pattern.compile("[a-z0-9]+_[a-z0-9]+");
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

  private DeribitNames() {}

  /**
   * The instrument of a name, as far as the name tells: without a tick size, with a lot of 1.
   *
   * @throws IllegalArgumentException if it is no name of an instrument
   */
  static Instrument named(String name) {
    Matcher option = OPTION.matcher(name);
    if (option.matches()) {
      return option(name, option);
    }
    Matcher future = FUTURE.matcher(name);
    if (future.matches()) {
      String underlying = indexSymbol(future.group(1));
      String title = "%s %s future".formatted(future.group(1), future.group(2));
      return new Instrument.Future(
          reference(name, title, BigDecimal.ZERO), underlying, date(future.group(2)), ONE);
    }
    Matcher perpetual = PERPETUAL.matcher(name);
    if (perpetual.matches()) {
      return new Instrument.Pair(
          reference(name, perpetual.group(1) + " perpetual", BigDecimal.ZERO));
    }
    if (SPOT.matcher(name).matches()) {
      return spot(name, BigDecimal.ZERO);
    }
    return index(name);
  }

  private static Instrument option(String name, Matcher matcher) {
    Instrument.Right right =
        matcher.group(4).equals("C") ? Instrument.Right.CALL : Instrument.Right.PUT;
    String title =
        optionTitle(matcher.group(1), matcher.group(2), decimal(matcher.group(3)), right);
    return new Instrument.Option(
        reference(name, title, BigDecimal.ZERO),
        indexSymbol(matcher.group(1)),
        date(matcher.group(2)),
        decimal(matcher.group(3)),
        right,
        ONE);
  }

  static String optionTitle(String base, String date, BigDecimal strike, Instrument.Right right) {
    String kind = right.name().toLowerCase(Locale.ROOT);
    return "%s %s %s %s".formatted(base, date, strike.toPlainString(), kind);
  }

  /** A pair of the spot market, whose name would be that of an index without the suffix. */
  static Instrument.Pair spot(String name, BigDecimal tickSize) {
    String title = name.replace("_", " / ");
    return new Instrument.Pair(new Reference(name + ".SPOT", SEGMENT, name, title, tickSize));
  }

  /**
   * The price index or volatility index of a security id.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Instrument.Index index(String id) {
    String name = indexName(id);
    if (!isIndexName(name)) {
      throw new IllegalArgumentException("not an instrument of Deribit: '%s'".formatted(id));
    }
    String symbol = name.toUpperCase(Locale.ROOT);
    if (!isVolatility(id)) {
      return index(symbol, id, symbol.replace("_", " / ") + " index");
    }
    String base = symbol.endsWith(US_DOLLAR) ? baseOf(symbol) : symbol;
    return index("DVOL-" + base, id, base + " volatility index");
  }

  /** Whether it can be Deribit's name of an index. */
  static boolean isIndexName(String name) {
    return INDEX.matcher(name).matches();
  }

  private static Instrument.Index index(String symbol, String id, String name) {
    return new Instrument.Index(new Reference(symbol, SEGMENT, id, name, BigDecimal.ZERO));
  }

  /** The security id of the volatility index over a price index. */
  static String volatilityId(String index) {
    return VOLATILITY + index;
  }

  static boolean isVolatility(String id) {
    return id.startsWith(VOLATILITY);
  }

  /** Deribit's name of the index with this security id. */
  static String indexName(String id) {
    return isVolatility(id) ? id.substring(VOLATILITY.length()) : id;
  }

  /** The symbol of the index that prices what begins with this: {@code BTC}, {@code SOL_USDC}. */
  static String indexSymbol(String base) {
    return base.contains("_") ? base : base + US_DOLLAR;
  }

  /** The part of a name in front of its date. */
  static String beginning(String name) {
    int hyphen = name.indexOf('-');
    return hyphen < 0 ? name : name.substring(0, hyphen);
  }

  private static String baseOf(String indexSymbol) {
    return indexSymbol.substring(0, indexSymbol.indexOf('_'));
  }

  /**
   * The currency under which Deribit lists what is priced by an index: {@code BTC} of {@code
   * BTC_USD}, {@code USDC} of {@code SOL_USDC}.
   */
  static String currencyOf(String indexSymbol) {
    int bar = indexSymbol.indexOf('_');
    boolean inverse = bar < 0 || indexSymbol.endsWith(US_DOLLAR);
    return inverse ? beginning(indexSymbol.split("_", 2)[0]) : indexSymbol.substring(bar + 1);
  }

  static Reference reference(String name, String title, BigDecimal tickSize) {
    return new Reference(name, SEGMENT, name, title, tickSize);
  }

  /** A strike as names have it, with {@code d} for the decimal point. */
  private static BigDecimal decimal(String text) {
    return plain(Decimals.parse(text.replace('d', '.')));
  }

  /** The number without zeros at its end. */
  static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** A date as names have it, such as {@code 5JUN26}. */
  private static LocalDate date(String text) {
    int letters = text.length() - 5;
    int month = MONTHS.indexOf(text.substring(letters, letters + 3)) + 1;
    int year = 2000 + Integer.parseInt(text.substring(letters + 3));
    try {
      return LocalDate.of(year, month, Integer.parseInt(text.substring(0, letters)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a date: " + text, e);
    }
  }
}
