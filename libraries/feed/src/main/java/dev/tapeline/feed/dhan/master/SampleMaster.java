package dev.tapeline.feed.dhan.master;

import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes a small file in the shape of Dhan's instrument master, for the demo, the simulated vendor
 * and tests: it is made for a day, so that it never expires. Owned by the thread that writes it.
 */
public final class SampleMaster {

  private static final String HEADER =
      """
      EXCH_ID,SEGMENT,SECURITY_ID,ISIN,INSTRUMENT,UNDERLYING_SECURITY_ID,UNDERLYING_SYMBOL,\
      SYMBOL_NAME,DISPLAY_NAME,INSTRUMENT_TYPE,SERIES,LOT_SIZE,SM_EXPIRY_DATE,STRIKE_PRICE,\
      OPTION_TYPE,TICK_SIZE,EXPIRY_FLAG,BRACKET_FLAG,COVER_FLAG,ASM_GSM_FLAG,ASM_GSM_CATEGORY,\
      BUY_SELL_INDICATOR,BUY_CO_MIN_MARGIN_PER,BUY_CO_SL_RANGE_MAX_PERC,BUY_CO_SL_RANGE_MIN_PERC,\
      BUY_BO_MIN_MARGIN_PER,BUY_BO_PROFIT_RANGE_MAX_PERC,BUY_BO_PROFIT_RANGE_MIN_PERC,\
      MTF_LEVERAGE,SM_UPPER_LIMIT,SM_LOWER_LIMIT,SM_FREEZE_QTY,
      """;

  private static final String ORDER_COLUMNS = "N,N,N,NA,A,0,0,0,0,0,0,0";
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMuuuu", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd MMM", Locale.ENGLISH);
  private static final int EXPIRIES = 3;

  private final StringBuilder text = new StringBuilder(HEADER);
  private int nextId;

  private SampleMaster(int firstId) {
    this.nextId = firstId;
  }

  /**
   * The file for a day: the indices and shares given, and of NIFTY and BANKNIFTY the futures and
   * options of three expiries. They expire on Tuesdays, whether these are holidays or not.
   *
   * @param cash instruments as the feed knows them; those that are neither an index nor a share are
   *     left out
   */
  public static byte[] ofDay(LocalDate today, List<Instrument> cash) {
    List<LocalDate> months = months(today);
    List<SampleChain> chains = new ArrayList<>();
    for (Instrument it : cash) {
      switch (it.symbol()) {
        case "NIFTY" -> chains.add(chain(it, "26000", "24300", "50", "65", weeks(today), months));
        case "BANKNIFTY" -> chains.add(chain(it, "26009", "51900", "100", "30", months, months));
        default -> {}
      }
    }
    return of(cash, chains, 40_001);
  }

  private static SampleChain chain(
      Instrument underlying,
      String token,
      String middle,
      String step,
      String lot,
      List<LocalDate> expiries,
      List<LocalDate> futures) {
    return new SampleChain(
        underlying,
        token,
        new BigDecimal(middle),
        new BigDecimal(step),
        20,
        new BigDecimal(lot),
        expiries,
        futures);
  }

  private static List<LocalDate> weeks(LocalDate today) {
    LocalDate first = today.with(TemporalAdjusters.nextOrSame(DayOfWeek.TUESDAY));
    return Stream.iterate(first, day -> day.plusWeeks(1)).limit(EXPIRIES).toList();
  }

  private static List<LocalDate> months(LocalDate today) {
    return Stream.iterate(today.withDayOfMonth(1), day -> day.plusMonths(1))
        .map(day -> day.with(TemporalAdjusters.lastInMonth(DayOfWeek.TUESDAY)))
        .filter(day -> !day.isBefore(today))
        .limit(EXPIRIES)
        .toList();
  }

  /**
   * A file of these instruments and chains.
   *
   * @param firstId the security id of the first derivative; the others follow
   */
  public static byte[] of(List<Instrument> cash, List<SampleChain> chains, int firstId) {
    SampleMaster master = new SampleMaster(firstId);
    cash.forEach(master::cash);
    chains.forEach(master::chain);
    return master.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void cash(Instrument it) {
    switch (it) {
      case Instrument.Index index -> index(index);
      case Instrument.Share share -> share(share);
      case Instrument.Future _, Instrument.Option _, Instrument.Pair _ -> {}
    }
  }

  private void index(Instrument.Index it) {
    add(
        "NSE,I,%s,NA,INDEX,%s,%s,%s,%s,INDEX,NA,1.0,0001-01-01,,XX,%s,N,%s,0.0000,0.0000,0,"
            .formatted(
                it.securityId(),
                it.securityId(),
                it.symbol(),
                it.symbol(),
                field(it.name()),
                it.tickSize().toPlainString(),
                ORDER_COLUMNS));
  }

  private void share(Instrument.Share it) {
    add(
        "NSE,E,%s,NA,EQUITY,,%s,%s,%s,ES,EQ,1.0,,,,%s,NA,%s,0.0000,0.0000,-1,"
            .formatted(
                it.securityId(),
                it.symbol(),
                field(it.name().toUpperCase(Locale.ROOT)),
                field(it.name()),
                paise(it.tickSize()),
                ORDER_COLUMNS));
  }

  /** A text that may have a comma or a quote in it. */
  private static String field(String text) {
    boolean isPlain = text.indexOf(',') < 0 && text.indexOf('"') < 0;
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String paise(BigDecimal rupees) {
    return rupees.movePointRight(2).toPlainString();
  }

  private void chain(SampleChain chain) {
    for (LocalDate expiry : chain.futures()) {
      future(chain, expiry);
    }
    for (LocalDate expiry : chain.expiries()) {
      for (int i = -chain.wings(); i <= chain.wings(); i++) {
        BigDecimal away = chain.step().multiply(BigDecimal.valueOf(i));
        BigDecimal strike = chain.middle().add(away);
        if (strike.signum() > 0) {
          option(chain, expiry, strike, "CE", "CALL");
          option(chain, expiry, strike, "PE", "PUT");
        }
      }
    }
  }

  private void future(SampleChain chain, LocalDate expiry) {
    String ticker = chain.underlying().symbol();
    add(
        "NSE,D,%d,NA,%s,%s,%s,%s-%s-FUT,%s %s FUT,FUT,NA,%s.0,%s,-0.01000,XX,10.0000,M,%s,%s,1801,"
            .formatted(
                nextId++,
                chain.instrument("FUT"),
                chain.token(),
                ticker,
                ticker,
                MONTH.format(expiry),
                ticker,
                MONTH.format(expiry).substring(0, 3).toUpperCase(Locale.ROOT),
                chain.lot(),
                expiry,
                ORDER_COLUMNS,
                "0.0000,0.0000"));
  }

  private void option(
      SampleChain chain, LocalDate expiry, BigDecimal strike, String type, String name) {
    String ticker = chain.underlying().symbol();
    String plain = strike.toPlainString();
    add(
        "NSE,D,%d,NA,%s,%s,%s,%s-%s-%s-%s,%s %s %s %s,OP,NA,%s.0,%s,%s,%s,5.0000,W,%s,%s,1801,"
            .formatted(
                nextId++,
                chain.instrument("OPT"),
                chain.token(),
                ticker,
                ticker,
                MONTH.format(expiry),
                plain,
                type,
                ticker,
                DAY.format(expiry).toUpperCase(Locale.ROOT),
                plain,
                name,
                chain.lot(),
                expiry,
                strike.setScale(5, RoundingMode.UNNECESSARY),
                type,
                ORDER_COLUMNS,
                "0.0000,0.0000"));
  }

  private void add(String line) {
    text.append(line).append('\n');
  }
}
