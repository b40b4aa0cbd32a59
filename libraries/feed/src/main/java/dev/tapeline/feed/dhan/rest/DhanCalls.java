package dev.tapeline.feed.dhan.rest;

import dev.tapeline.feed.dhan.packet.Segment;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls to Dhan's REST interface. The first word of a call's name is its kind; what else is
 * needed to read its answer follows.
 */
public final class DhanCalls {

  public static final String QUOTE = "quote";
  public static final String CHAIN = "optionchain";
  public static final String EXPIRIES = "expirylist";
  public static final String PROFILE = "profile";
  public static final String RENEW = "renew";
  public static final String MINT = "mint";

  /** How many instruments a call can ask for. */
  public static final int MAX_QUOTES = 1_000;

  static final String DATA = "data";
  private static final String DATA_DAY = "data-day";
  private static final String OTHER = "other";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** A little more than the vendor's second, which begins when a call arrives there. */
  private static final Duration A_SECOND = Duration.ofMillis(1_100);

  /** The vendor's limits, by client id. */
  public static final List<RestCall.Budget> BUDGETS =
      List.of(
          new RestCall.Budget(QUOTE, 1, A_SECOND),
          new RestCall.Budget(DATA, 5, A_SECOND),
          new RestCall.Budget(DATA_DAY, 100_000, Duration.ofDays(1)),
          new RestCall.Budget(OTHER, 20, Duration.ofSeconds(1)),
          new RestCall.Budget(MINT, 1, A_SECOND)); // the minter keeps the vendor's two minutes

  private final DhanAccount account;

  public DhanCalls(DhanAccount account) {
    this.account = account;
  }

  /** The kind of a call of this name. */
  public static String kindOf(String name) {
    int space = name.indexOf(' ');
    return space < 0 ? name : name.substring(0, space);
  }

  /** The budget that a kind of call is held back by when the vendor says that it is too much. */
  public static String budgetOf(String kind) {
    return switch (kind) {
      case QUOTE, "ltp", "ohlc" -> QUOTE;
      case PROFILE, RENEW -> OTHER;
      case MINT -> MINT;
      default -> DATA;
    };
  }

  /**
   * Asks for quotes of up to {@link #MAX_QUOTES} instruments of Dhan's segments.
   *
   * @param number tells it from others that wait
   */
  public RestCall quotes(int number, Collection<Instrument> instruments) {
    return quotes(QUOTE, number, instruments);
  }

  /** As {@link #quotes}, for last prices alone. */
  public RestCall lastPrices(int number, Collection<Instrument> instruments) {
    return quotes("ltp", number, instruments);
  }

  private RestCall quotes(String kind, int number, Collection<Instrument> instruments) {
    ObjectNode body = AnswerParser.JSON.createObjectNode();
    for (Instrument instrument : instruments) {
      body.withArray(instrument.segment()).add(Long.parseLong(instrument.securityId()));
    }
    return RestCall.post(kind + " " + number, api("/marketfeed/" + kind), body.toString(), QUOTE);
  }

  /** Asks for an option chain. */
  public RestCall chain(ChainKey chain, Instrument underlying) {
    ObjectNode body = underlying(underlying).put("Expiry", chain.expiry().toString());
    return data(CHAIN + " " + chain, "/optionchain", body);
  }

  /** Asks for the expiry dates of an underlying. */
  public RestCall expiries(Instrument underlying) {
    return data(
        EXPIRIES + " " + underlying.symbol(), "/optionchain/expirylist", underlying(underlying));
  }

  private static ObjectNode underlying(Instrument underlying) {
    return AnswerParser.JSON
        .createObjectNode()
        .put("UnderlyingScrip", Long.parseLong(underlying.securityId()))
        .put("UnderlyingSeg", underlying.segment());
  }

  /**
   * Asks for the bars of days, both of them included, at most 90.
   *
   * @param minutes 1, 5, 15, 25 or 60
   */
  public RestCall intraday(Instrument instrument, int minutes, LocalDate from, LocalDate to) {
    ObjectNode body =
        chart(instrument)
            .put("interval", Integer.toString(minutes))
            .put("oi", hasInterest(instrument))
            .put("fromDate", from + " 00:00:00")
            .put("toDate", to.plusDays(1) + " 00:00:00");
    String name = "intraday %s %d %s %s".formatted(instrument.key(), minutes, from, to);
    return data(name, "/charts/intraday", body);
  }

  /** Asks for the bars of days, both of them included. */
  public RestCall daily(Instrument instrument, LocalDate from, LocalDate to) {
    ObjectNode body =
        chart(instrument)
            .put("oi", hasInterest(instrument))
            .put("fromDate", from.toString())
            .put("toDate", to.plusDays(1).toString());
    String name = "daily %s %s %s".formatted(instrument.key(), from, to);
    return data(name, "/charts/historical", body);
  }

  private static ObjectNode chart(Instrument instrument) {
    return AnswerParser.JSON
        .createObjectNode()
        .put("securityId", instrument.securityId())
        .put("exchangeSegment", instrument.segment())
        .put("instrument", kind(instrument))
        .put("expiryCode", 0);
  }

  private static boolean hasInterest(Instrument instrument) {
    return instrument instanceof Instrument.Future || instrument instanceof Instrument.Option;
  }

  /**
   * The vendor's word for the kind of an instrument. Whether a derivative is one of an index is
   * told by its underlying's name alone, so a list of indices decides.
   */
  private static String kind(Instrument instrument) {
    return switch (instrument) {
      case Instrument.Index _ -> "INDEX";
      case Instrument.Share _, Instrument.Pair _ -> "EQUITY";
      case Instrument.Future future -> "FUT" + suffix(future, future.underlying(), "COM");
      case Instrument.Option option -> "OPT" + suffix(option, option.underlying(), "FUT");
    };
  }

  private static String suffix(Instrument instrument, String underlying, String commodity) {
    return switch (Segment.of(instrument)) {
      case MCX_COMM -> commodity;
      case NSE_CURRENCY, BSE_CURRENCY -> "CUR";
      case null, default -> INDICES.contains(underlying) ? "IDX" : "STK";
    };
  }

  private static final List<String> INDICES =
      List.of(
          "NIFTY",
          "BANKNIFTY",
          "FINNIFTY",
          "MIDCPNIFTY",
          "NIFTYNXT50",
          "NIFTYFPI",
          "SENSEX",
          "BANKEX",
          "SENSEX50");

  private RestCall data(String name, String path, ObjectNode body) {
    return new RestCall(
        name,
        "POST",
        api(path),
        body.toString(),
        List.of(new RestCall.Cost(DATA, 1), new RestCall.Cost(DATA_DAY, 1)),
        TIMEOUT);
  }

  /** Asks what the account may do. */
  public RestCall profile() {
    return RestCall.get(PROFILE, api("/profile"), OTHER);
  }

  /** Asks for a new token in the place of the current one, which ends. */
  public RestCall renew() {
    return RestCall.get(RENEW, api("/RenewToken"), OTHER);
  }

  /**
   * Asks for a new token by PIN and one-time code; the current one ends. It must not wait for its
   * budget, as the code is good for half a minute.
   */
  public RestCall mint(String pin, String code) {
    Address.Source address =
        () ->
            Address.of(
                URI.create(
                    "%s/app/generateAccessToken?dhanClientId=%s&pin=%s&totp=%s"
                        .formatted(
                            account.auth(),
                            encoded(account.clientId().get()),
                            encoded(pin),
                            encoded(code))));
    return new RestCall(MINT, "POST", address, null, List.of(new RestCall.Cost(MINT, 1)), TIMEOUT);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Address.Source api(String path) {
    return () -> {
      String client = account.clientId().get();
      return new Address(
          URI.create(account.api() + path),
          Map.of(
              "access-token",
              account.accessToken().get(),
              "client-id",
              client,
              "dhanClientId",
              client,
              "Content-Type",
              "application/json",
              "Accept",
              "application/json"));
    };
  }
}
