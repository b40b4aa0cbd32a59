package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The instruments of the simulation: Indian indices and shares under their real symbols and ids,
 * two markets of the {@code trade@MARKET} family, and futures and options under ids of their own.
 * The prices are simulated.
 */
public final class SimulatedInstruments {

  static final List<ShareSpec> SHARES =
      List.of(
          ShareSpec.share("HDFCBANK", "1333", "HDFC Bank", "1642.35", Sector.BANK, 12),
          ShareSpec.share("ICICIBANK", "4963", "ICICI Bank", "1248.60", Sector.BANK, 8),
          ShareSpec.share("SBIN", "3045", "State Bank of India", "812.45", Sector.BANK, 3),
          ShareSpec.share("AXISBANK", "5900", "Axis Bank", "1162.80", Sector.BANK, 3),
          ShareSpec.share("KOTAKBANK", "1922", "Kotak Mahindra Bank", "1788.25", Sector.BANK, 3),
          ShareSpec.share("BAJFINANCE", "317", "Bajaj Finance", "6905.50", Sector.FINANCE, 2),
          ShareSpec.share("TCS", "11536", "Tata Consultancy Services", "4120.15", Sector.IT, 4),
          ShareSpec.share("INFY", "1594", "Infosys", "1876.30", Sector.IT, 6),
          ShareSpec.share("HCLTECH", "7229", "HCL Technologies", "1690.75", Sector.IT, 2),
          ShareSpec.share("WIPRO", "3787", "Wipro", "562.90", Sector.IT, 1),
          ShareSpec.share("ITC", "1660", "ITC", "478.85", Sector.CONSUMER, 4),
          ShareSpec.share(
              "HINDUNILVR", "1394", "Hindustan Unilever", "2492.40", Sector.CONSUMER, 2),
          ShareSpec.share("ASIANPAINT", "236", "Asian Paints", "2476.20", Sector.CONSUMER, 1),
          ShareSpec.share("TITAN", "3506", "Titan Company", "3310.65", Sector.CONSUMER, 1),
          ShareSpec.share("MARUTI", "10999", "Maruti Suzuki India", "11256.00", Sector.CONSUMER, 2),
          ShareSpec.share("BHARTIARTL", "10604", "Bharti Airtel", "1612.55", Sector.CONSUMER, 4),
          ShareSpec.share("RELIANCE", "2885", "Reliance Industries", "1285.70", Sector.INDUSTRY, 9),
          ShareSpec.share("LT", "11483", "Larsen & Toubro", "3612.95", Sector.INDUSTRY, 4),
          ShareSpec.share("SUNPHARMA", "3351", "Sun Pharmaceutical", "1790.10", Sector.INDUSTRY, 2),
          ShareSpec.share("NTPC", "11630", "NTPC", "362.15", Sector.INDUSTRY, 2),
          ShareSpec.pair("TATA_INR", "Tata / rupee", "1000.50", Sector.INDUSTRY, "0.05", "1", 1),
          ShareSpec.pair(
              "BTC_USDT", "Bitcoin / Tether", "61837.60", Sector.CRYPTO, "0.10", "0.00001", 20));

  static final List<IndexSpec> INDICES =
      List.of(
          index("NIFTY", "13", "Nifty 50", "24321.50", Set.of(Sector.values())),
          index("BANKNIFTY", "25", "Nifty Bank", "51876.20", Set.of(Sector.BANK)),
          index(
              "FINNIFTY",
              "27",
              "Nifty Financial Services",
              "23890.75",
              Set.of(Sector.BANK, Sector.FINANCE)),
          index(
              "MIDCPNIFTY",
              "442",
              "Nifty Midcap Select",
              "12654.30",
              Set.of(Sector.CONSUMER, Sector.INDUSTRY, Sector.FINANCE)),
          index("SENSEX", "51", "S&P BSE Sensex", "80142.65", Set.of(Sector.values())));

  private SimulatedInstruments() {}

  /** An index: the weighted mean of the shares of some sectors. */
  record IndexSpec(Instrument instrument, BigDecimal start, Set<Sector> sectors) {}

  private static IndexSpec index(
      String symbol, String securityId, String name, String start, Set<Sector> sectors) {
    Instrument instrument =
        new Instrument.Index(
            new Reference(symbol, "IDX_I", securityId, name, new BigDecimal("0.05")));
    return new IndexSpec(instrument, new BigDecimal(start), sectors);
  }

  /** All instruments of the simulation that do not expire, indices first. */
  public static List<Instrument> all() {
    return Stream.concat(
            INDICES.stream().map(IndexSpec::instrument), SHARES.stream().map(ShareSpec::instrument))
        .toList();
  }

  /**
   * The futures and options that a market lists which has its first session on this date. Later it
   * lists more strikes, as prices move: see {@link SimulatedMarket#instruments()}.
   *
   * @param date a trading date
   */
  public static List<Instrument> derivatives(LocalDate date) {
    return Stream.of(Underlying.values())
        .flatMap(each -> Stream.concat(futures(each, date), options(each, date)))
        .toList();
  }

  private static Stream<Instrument> futures(Underlying underlying, LocalDate date) {
    return underlying.futureExpiries(date).stream()
        .map(expiry -> Contracts.future(underlying, expiry));
  }

  private static Stream<Instrument> options(Underlying underlying, LocalDate date) {
    return underlying.optionExpiries(date).stream()
        .flatMap(expiry ->
            Contracts.strikes(underlying, startPrice(underlying))
                .boxed()
                .flatMap(steps ->
                    Stream.of(Right.values())
                        .map(right -> Contracts.option(underlying, expiry, steps, right))));
  }

  private static double startPrice(Underlying underlying) {
    return INDICES.stream()
        .filter(index -> index.instrument().symbol().equals(underlying.name()))
        .findFirst()
        .orElseThrow()
        .start()
        .doubleValue();
  }

  /** The date that a market trades on which opens at this time: no Saturday and no Sunday. */
  public static LocalDate tradingDate(long millis) {
    return TradingTime.dateAt(millis);
  }
}
