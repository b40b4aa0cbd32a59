package dev.tapeline.feed.deribit;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.RestCall.Budget;
import dev.tapeline.feed.vendor.RestCall.Cost;
import dev.tapeline.feed.vendor.Retries;
import dev.tapeline.feed.vendor.TradeBackfill;
import dev.tapeline.feed.vendor.VendorLink;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The calls to Deribit's REST side: their names, what they cost, and how long there may be none
 * after one was refused. Owned by the thread of its feed.
 */
final class DeribitCalls {

  /** The names of calls begin with these; the parts of a name are divided by colons. */
  static final String INSTRUMENTS = "instruments";

  static final String SUMMARY = "summary";
  static final String TICKER = "ticker";
  static final String INDEX = "index";
  static final String VOLATILITY = "volatility";
  static final String TRADES = "trades";

  static final String CREDITS = "credits";
  static final String LISTS = "lists";

  private static final int COST = 500;

  /** 20 calls a second, and a list of instruments a second, so that no call waits for a list. */
  static final List<Budget> BUDGETS =
      List.of(
          new Budget(CREDITS, 20 * COST, Duration.ofSeconds(1)),
          new Budget(LISTS, 1, Duration.ofSeconds(1)));

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final long VOLATILITY_SPAN = Duration.ofMinutes(10).toMillis();

  private final URI rest;
  private final VendorLink link;
  private final Retries pauses = Retries.exact(DeribitWaits.TOO_MANY);
  private long restsUntil;

  DeribitCalls(DeribitOptions options, VendorLink link) {
    this.rest = options.hosts().rest();
    this.link = link;
  }

  /**
   * Asks for a list of instruments.
   *
   * @param kind {@code option}, {@code future} or {@code spot}
   */
  void instruments(String currency, String kind) {
    call(
        String.join(":", INSTRUMENTS, currency, kind),
        "get_instruments?currency=%s&kind=%s&expired=false".formatted(currency, kind),
        List.of(new Cost(LISTS, 1)));
  }

  /** Asks for the figures of all instruments of a kind. */
  void summary(String currency, String kind) {
    call(
        String.join(":", SUMMARY, currency, kind),
        "get_book_summary_by_currency?currency=%s&kind=%s".formatted(currency, kind));
  }

  void ticker(String instrument) {
    call(TICKER + ":" + instrument, "ticker?instrument_name=" + instrument);
  }

  /** Asks for a page of trades, the oldest first, from the one with this number on. */
  void trades(String instrument, long from) {
    call(
        TRADES + ":" + instrument,
        "get_last_trades_by_instrument?instrument_name=%s&start_seq=%d&count=%d&sorting=asc"
            .formatted(instrument, from, TradeBackfill.PAGE));
  }

  /** Asks for the value of an index, of either kind. */
  void index(String id, long now) {
    String name = DeribitNames.indexName(id);
    if (DeribitNames.isVolatility(id)) {
      String currency = DeribitNames.currencyOf(DeribitNames.index(name).symbol());
      call(
          VOLATILITY + ":" + id,
          "get_volatility_index_data?currency=%s&start_timestamp=%d&end_timestamp=%d&resolution=60"
              .formatted(currency, now - VOLATILITY_SPAN, now));
    } else {
      call(INDEX + ":" + id, "get_index_price?index_name=" + name);
    }
  }

  private void call(String name, String query) {
    call(name, query, List.of(new Cost(CREDITS, COST)));
  }

  private void call(String name, String query, List<Cost> costs) {
    Address address = Address.of(URI.create("%s/public/%s".formatted(rest, query)));
    link.call(new RestCall(name, "GET", () -> address, null, costs, TIMEOUT));
  }

  /** The result in an answer; null if the call was refused, which is counted. */
  @Nullable JsonNode result(Arrival.Answer answer) {
    byte[] body = answer.body();
    if (answer.status() == OK) {
      try {
        JsonNode result = DeribitJson.read(body, 0, body.length).path("result");
        if (!result.isMissingNode()) {
          pauses.reset();
          return result;
        }
      } catch (IllegalArgumentException e) {
        link.fault("answer", "%s was answered with %s".formatted(answer.call(), e.getMessage()));
        return null;
      }
    }
    refused(answer);
    return null;
  }

  private void refused(Arrival.Answer answer) {
    if (answer.status() == TOO_MANY) {
      Duration pause = pauses.next();
      restsUntil = Math.max(restsUntil, answer.received() + pause.toMillis());
      link.rest(CREDITS, pause);
      link.rest(LISTS, pause);
      link.fault("rate", "too many calls; none for %d s".formatted(pause.toSeconds()));
    } else {
      link.fault("rest", "%s was answered with %d".formatted(answer.call(), answer.status()));
    }
  }

  /** Whether no call is made now. */
  boolean isResting(long now) {
    return now < restsUntil;
  }
}
