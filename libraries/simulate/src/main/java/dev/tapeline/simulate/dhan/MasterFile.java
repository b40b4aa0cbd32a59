package dev.tapeline.simulate.dhan;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.simulate.net.HttpReply;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the detailed instrument master, with the columns in their real order. */
final class MasterFile {

  static final String HEADER =
      "EXCH_ID,SEGMENT,SECURITY_ID,ISIN,INSTRUMENT,UNDERLYING_SECURITY_ID,UNDERLYING_SYMBOL,"
          + "SYMBOL_NAME,DISPLAY_NAME,INSTRUMENT_TYPE,SERIES,LOT_SIZE,SM_EXPIRY_DATE,STRIKE_PRICE,"
          + "OPTION_TYPE,TICK_SIZE,EXPIRY_FLAG,BRACKET_FLAG,COVER_FLAG,ASM_GSM_FLAG,"
          + "ASM_GSM_CATEGORY,BUY_SELL_INDICATOR,BUY_CO_MIN_MARGIN_PER,SELL_CO_MIN_MARGIN_PER,"
          + "BUY_CO_SL_RANGE_MAX_PERC,SELL_CO_SL_RANGE_MAX_PERC,BUY_BO_MIN_MARGIN_PER,"
          + "SELL_BO_MIN_MARGIN_PER,MTF_LEVERAGE,SM_UPPER_LIMIT,SM_LOWER_LIMIT,SM_FREEZE_QTY,";

  /** The exchange's own numbers of underlyings, which are not those of the indices. */
  private static final Map<String, String> INDEX_TOKENS =
      Map.of("NIFTY", "26000", "BANKNIFTY", "26009", "SENSEX", "1");

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMyyyy", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd MMM", Locale.ENGLISH);
  private static final String NO_ORDERS = "N,N,N,NA,A,0,0,0,0,0,0,0";

  private final DhanFloor floor;

  MasterFile(DhanFloor floor) {
    this.floor = floor;
  }

  HttpReply all() {
    return file(floor.quotes().instruments());
  }

  HttpReply segment(String name) {
    return file(
        floor.quotes().instruments().stream().filter(one -> one.segment().equals(name)).toList());
  }

  private HttpReply file(List<Instrument> instruments) {
    String rows =
        instruments.stream()
            .filter(one -> DhanSegment.of(one.segment()) != null)
            .map(this::row)
            .collect(Collectors.joining("\n"));
    return HttpReply.text(200, "text/csv", HEADER + "\n" + rows + "\n");
  }

  private String row(Instrument instrument) {
    return switch (instrument) {
      case Instrument.Index index -> index(index);
      case Instrument.Future future -> future(future);
      case Instrument.Option option -> option(option);
      case Instrument.Share share -> share(share);
      case Instrument.Pair pair -> share(pair);
    };
  }

  private static String index(Instrument index) {
    return List.of(
            "NSE,I",
            index.securityId(),
            "NA,INDEX",
            index.securityId(),
            index.symbol(),
            index.symbol(),
            index.name(),
            "INDEX,NA,1.0,0001-01-01,,XX",
            index.tickSize().setScale(4).toPlainString(),
            "N",
            NO_ORDERS,
            "0.0000,0.0000,0,")
        .stream()
        .collect(Collectors.joining(","));
  }

  private static String share(Instrument share) {
    return String.join(
        ",",
        "NSE,E",
        share.securityId(),
        "INE%06dA010".formatted(share.securityId().hashCode() & 0xffff),
        "EQUITY,",
        share.symbol(),
        share.name().toUpperCase(Locale.ROOT).replace(",", " "),
        share.name().replace(",", " "),
        "ES,EQ,1.0,,,",
        paise(share),
        "NA",
        NO_ORDERS,
        "0.0000,0.0000,-1,");
  }

  private String future(Instrument.Future future) {
    List<String> cells = new ArrayList<>(derivative(future, future.underlying(), "FUT"));
    cells.add("%s-%s-FUT".formatted(future.underlying(), MONTH.format(future.expiry())));
    cells.add("%s %s FUT".formatted(future.underlying(), DAY.format(future.expiry())));
    cells.add("FUT,NA," + lot(future.lot()));
    cells.add(future.expiry() + ",-0.01000,XX");
    return tail(cells, future, future.expiry());
  }

  private String option(Instrument.Option option) {
    boolean call = option.right() == Instrument.Right.CALL;
    String strike = option.strike().stripTrailingZeros().toPlainString();
    String right = call ? "CE" : "PE";
    List<String> cells = new ArrayList<>(derivative(option, option.underlying(), "OPT"));
    cells.add(
        "%s-%s-%s-%s".formatted(option.underlying(), MONTH.format(option.expiry()), strike, right));
    cells.add(
        "%s %s %s %s"
            .formatted(
                option.underlying(),
                DAY.format(option.expiry()).toUpperCase(Locale.ROOT),
                strike,
                call ? "CALL" : "PUT"));
    cells.add("OP,NA," + lot(option.lot()));
    cells.add(option.expiry() + "," + option.strike().setScale(5).toPlainString() + "," + right);
    return tail(cells, option, option.expiry());
  }

  private List<String> derivative(Instrument instrument, String underlying, String kind) {
    String token = INDEX_TOKENS.get(underlying);
    String id = token == null ? shareId(underlying) : token;
    return List.of(
        "NSE,D",
        instrument.securityId(),
        "NA",
        kind + (token == null ? "STK" : "IDX"),
        id,
        underlying);
  }

  private String shareId(String symbol) {
    return floor.quotes().instruments().stream()
        .filter(one -> one.symbol().equals(symbol))
        .map(Instrument::securityId)
        .findFirst()
        .orElse("");
  }

  private static String tail(List<String> cells, Instrument instrument, LocalDate expiry) {
    cells.add(paise(instrument));
    boolean lastWeek = expiry.plusDays(7).getMonthValue() != expiry.getMonthValue();
    cells.add(lastWeek ? "M" : "W");
    cells.add(NO_ORDERS);
    cells.add("0.0000,0.0500,1801,");
    return String.join(",", cells);
  }

  private static String lot(BigDecimal lot) {
    return lot.setScale(1).toPlainString();
  }

  private static String paise(Instrument instrument) {
    return instrument.tickSize().movePointRight(2).setScale(4).toPlainString();
  }
}
