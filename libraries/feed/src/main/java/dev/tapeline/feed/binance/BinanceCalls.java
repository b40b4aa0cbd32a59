package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.RestCall.Budget;
import dev.tapeline.feed.vendor.RestCall.Cost;
import dev.tapeline.feed.vendor.Retries;
import dev.tapeline.feed.vendor.TradeBackfill;
import dev.tapeline.feed.vendor.VendorLink;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calls to Binance's REST side: their names, what they cost, and how long there may be none
 * after one was refused. Owned by the thread of its feed.
 */
final class BinanceCalls {

  static final String WEIGHT = "weight";
  static final String SNAPSHOTS = "snapshots";

  /** The names of calls begin with these, and a symbol or a number follows. */
  static final String DEPTH = "depth:";

  static final String TRADES = "aggTrades:";
  static final String INSTRUMENTS = "exchangeInfo:";

  private static final int MINUTE_WEIGHT = 6000;
  private static final int TRADES_WEIGHT = 4;
  private static final int INSTRUMENTS_WEIGHT = 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration AFTER_418 = Duration.ofMinutes(10);
  private static final Duration AFTER_403 = Duration.ofMinutes(5);

  /** What an answer means for the calls after it. */
  enum Verdict {
    /** It has what was asked for. */
    GOOD,
    /** It is worth another try later. */
    LATER,
    /** The same call will be refused again. */
    REFUSED
  }

  private final BinanceOptions options;
  private final VendorLink link;
  private final Retries pauses = Retries.exact(BinanceWaits.TOO_MANY);
  private long restsUntil;
  private @Nullable String restReason;

  BinanceCalls(BinanceOptions options, VendorLink link) {
    this.options = options;
    this.link = link;
  }

  /** What Binance allows, and the pace of snapshots. */
  static List<Budget> budgets(BinanceOptions options) {
    return List.of(
        new Budget(WEIGHT, MINUTE_WEIGHT, Duration.ofMinutes(1)),
        new Budget(SNAPSHOTS, 1, options.books().snapshotPace()));
  }

  void snapshot(String symbol) {
    int limit = options.books().snapshotLimit();
    call(
        DEPTH + symbol + ":" + limit,
        "/depth?symbol=%s&limit=%d".formatted(encoded(symbol), limit),
        List.of(new Cost(WEIGHT, snapshotWeight(limit)), new Cost(SNAPSHOTS, 1)));
  }

  private static int snapshotWeight(int limit) {
    if (limit <= 100) {
      return 5;
    } else if (limit <= 500) {
      return 25;
    }
    return limit <= 1000 ? 50 : 250;
  }

  /** Fetches trades from the time of one on. */
  void tradesSince(String symbol, long time) {
    trades(symbol, "startTime=" + time);
  }

  /** Fetches trades from an aggregate on. */
  void tradesFrom(String symbol, long number) {
    trades(symbol, "fromId=" + number);
  }

  private void trades(String symbol, String from) {
    call(
        TRADES + symbol,
        "/aggTrades?symbol=%s&%s&limit=%d".formatted(encoded(symbol), from, TradeBackfill.PAGE),
        List.of(new Cost(WEIGHT, TRADES_WEIGHT)));
  }

  void instruments(int page, List<String> symbols) {
    String list =
        symbols.stream().map("\"%s\""::formatted).collect(Collectors.joining(",", "[", "]"));
    call(
        INSTRUMENTS + page,
        "/exchangeInfo?symbols=" + encoded(list),
        List.of(new Cost(WEIGHT, INSTRUMENTS_WEIGHT)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void call(String name, String path, List<Cost> costs) {
    Address address = Address.of(URI.create(options.hosts().rest() + "/api/v3" + path));
    link.call(new RestCall(name, "GET", () -> address, null, costs, TIMEOUT));
  }

  /** How long there may be no calls after an answer of this status; null if that is not needed. */
  static @Nullable Duration pauseAfter(int status, Supplier<Duration> afterTooMany) {
    return switch (status) {
      case 429 -> afterTooMany.get();
      case 418, 451 -> AFTER_418;
      case 403 -> AFTER_403;
      default -> null;
    };
  }

  /** Reads the status of an answer, and makes a pause if it asks for one. */
  Verdict judge(Arrival.Answer answer) {
    int status = answer.status();
    Duration pause = pauseAfter(status, pauses::next);
    if (pause != null) {
      rest(answer, pause, reason(status));
    }
    if (status == 200) {
      if (isHtml(answer.body())) {
        link.fault("html", "%s was answered with an HTML page".formatted(answer.call()));
        return Verdict.LATER;
      }
      pauses.reset();
      return Verdict.GOOD;
    }
    link.fault("rest-" + status, "%s was answered with %d".formatted(answer.call(), status));
    return status == 400 || status == 404 ? Verdict.REFUSED : Verdict.LATER;
  }

  private static String reason(int status) {
    return switch (status) {
      case 429 -> "too many calls";
      case 418 -> "banned for too many calls";
      case 403 -> "a firewall refuses calls";
      default -> "not available from this place";
    };
  }

  private void rest(Arrival.Answer answer, Duration pause, String reason) {
    link.rest(WEIGHT, pause);
    restsUntil = Math.max(restsUntil, answer.received() + pause.toMillis());
    restReason =
        String.format(
            Locale.ROOT,
            "no REST calls for %d s: %s (%d)",
            pause.toSeconds(),
            reason,
            answer.status());
  }

  private static boolean isHtml(byte[] body) {
    for (byte next : body) {
      if (!Character.isWhitespace(next)) {
        return next == '<';
      }
    }
    return false;
  }

  /** Whether no call is made now. */
  boolean isResting(long now) {
    return now < restsUntil;
  }

  /** Why no call is made now; null if calls are made. */
  @Nullable String restReason(long now) {
    return isResting(now) ? restReason : null;
  }
}
