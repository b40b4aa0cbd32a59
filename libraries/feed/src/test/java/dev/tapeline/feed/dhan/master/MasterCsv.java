package dev.tapeline.feed.dhan.master;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.InstrumentQuery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files of the master for tests: the header and rows of our own making. */
final class MasterCsv {

  static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

  static final String HEADER =
      "EXCH_ID,SEGMENT,SECURITY_ID,ISIN,INSTRUMENT,UNDERLYING_SECURITY_ID,UNDERLYING_SYMBOL,"
          + "SYMBOL_NAME,DISPLAY_NAME,INSTRUMENT_TYPE,SERIES,LOT_SIZE,SM_EXPIRY_DATE,STRIKE_PRICE,"
          + "OPTION_TYPE,TICK_SIZE,EXPIRY_FLAG,BRACKET_FLAG,COVER_FLAG,ASM_GSM_FLAG,"
          + "ASM_GSM_CATEGORY,BUY_SELL_INDICATOR,BUY_CO_MIN_MARGIN_PER,BUY_CO_SL_RANGE_MAX_PERC,"
          + "BUY_CO_SL_RANGE_MIN_PERC,BUY_BO_MIN_MARGIN_PER,BUY_BO_PROFIT_RANGE_MAX_PERC,"
          + "BUY_BO_PROFIT_RANGE_MIN_PERC,MTF_LEVERAGE,SM_UPPER_LIMIT,SM_LOWER_LIMIT,"
          + "SM_FREEZE_QTY,";

  static final String NIFTY = index("NSE", "13", "NIFTY", "Nifty 50");
  static final String ACME = share("NSE", "13", "ACME", "EQ", "Acme India");
  static final String CALL =
      option("NSE,D", "70001", "OPTIDX,26000", "NIFTY", "2026-12-08", "26000.00000", "CE");
  static final String FUTURE = future("NSE,D", "70002", "FUTIDX,26000", "NIFTY", "2026-12-29");

  private static final String FLAGS = ",N,N,N,NA,A,0,0,0,0,0,0,0,";

  private MasterCsv() {}

  static String index(String exchange, String id, String symbol, String name) {
    return "%s,I,%s,NA,INDEX,%s,%s,%s,%s,INDEX,NA,1.0,0001-01-01,,XX,0.0500,N%s0.0000,0.0000,0,"
        .formatted(exchange, id, id, symbol, symbol, name, FLAGS);
  }

  static String share(String exchange, String id, String ticker, String series, String name) {
    return "%s,E,%s,INE000A00013,EQUITY,,%s,%s LIMITED,%s,ES,%s,1.0,,,,5.0000,NA%s%s"
        .formatted(exchange, id, ticker, ticker, name, series, FLAGS, "715.5000,585.0000,9000,");
  }

  static String option(
      String place, String id, String kind, String ticker, String day, String strike, String type) {
    return "%s,%s,NA,%s,%s,%s-OPT,%s %s %s,OP,NA,65.0,%s,%s,%s,5.0000,W%s910.5000,0.0500,1801,"
        .formatted(place, id, kind, ticker, ticker, ticker, strike, type, day, strike, type, FLAGS);
  }

  static String future(String place, String id, String kind, String ticker, String day) {
    return "%s,%s,NA,%s,%s,%s-FUT,%s  FUT,FUT,NA,65.0,%s,-0.01000,XX,10.0000,M%s1.0000,0.5000,-1,"
        .formatted(place, id, kind, ticker, ticker, ticker, day, FLAGS);
  }

  /** A file of the header and these rows. */
  static String file(String... rows) {
    return Stream.concat(Stream.of(HEADER), Stream.of(rows))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** The master of the header and these rows, on {@link #TODAY}. */
  static DhanMaster master(String... rows) {
    return parse(file(rows));
  }

  static DhanMaster parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8), TODAY);
  }

  static DhanMaster parse(byte[] bytes, LocalDate today) {
    try {
      return MasterParser.parse(new ByteArrayInputStream(bytes), today);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All instruments, in the order of an empty search. */
  static List<Instrument> all(DhanMaster master) {
    return master.search(InstrumentQuery.of(""), Integer.MAX_VALUE);
  }

  /** All symbols, sorted. */
  static List<String> symbols(DhanMaster master) {
    return all(master).stream().map(Instrument::symbol).sorted().toList();
  }
}
