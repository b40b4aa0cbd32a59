package dev.tapeline.simulate.dhan;

import dev.tapeline.simulate.net.HttpCall;
import dev.tapeline.simulate.net.HttpReply;
import dev.tapeline.simulate.net.Json;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Dhan's REST: who may call what, how often, and what answers it. Owned by the server's loop. */
final class DhanRest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String BASE = "/v2/";
  private static final String MASTER = "/api-data/api-scrip-master-detailed.csv";
  private static final String MINT = "/app/generateAccessToken";
  private static final String RENEW = "/v2/RenewToken";

  private final DhanFloor floor;
  private final CallLimits limits = new CallLimits(System::nanoTime);
  private final MarketFeedCalls marketFeed;
  private final OptionChainCalls chains;
  private final ChartCalls charts;
  private final AccountCalls account;
  private final MasterFile master;

  DhanRest(DhanFloor floor) {
    this.floor = floor;
    marketFeed = new MarketFeedCalls(floor);
    chains = new OptionChainCalls(floor);
    charts = new ChartCalls(floor);
    account = new AccountCalls(floor);
    master = new MasterFile(floor);
  }

  HttpReply answer(HttpCall call) {
    return switch (call.toString()) {
      case "GET " + MASTER -> master.all();
      case "POST " + MINT -> mint(call);
      case "GET " + RENEW, "POST " + RENEW -> renew(call);
      case "GET /v2/profile" -> other(call, account::profile);
      default -> more(call);
    };
  }

  private HttpReply mint(HttpCall call) {
    return isLimited("mint", 1, Duration.ofMinutes(2))
        ? DhanErrors.refusedToken("Token can be generated once every 2 minutes")
        : account.generate(call);
  }

  private HttpReply renew(HttpCall call) {
    return other(call, () -> account.renew(call));
  }

  private HttpReply more(HttpCall call) {
    if (call.path().startsWith("/v2/instrument/") && call.method().equals("GET")) {
      return other(call, () -> master.segment(call.path().substring("/v2/instrument/".length())));
    }
    JsonNode body = Json.parse(call.body());
    return switch (call.toString()) {
      case "POST /v2/marketfeed/ltp" -> quote(call, () -> marketFeed.answer("ltp", body));
      case "POST /v2/marketfeed/ohlc" -> quote(call, () -> marketFeed.answer("ohlc", body));
      case "POST /v2/marketfeed/quote" -> quote(call, () -> marketFeed.answer("quote", body));
      case "POST /v2/optionchain" -> chain(call, body);
      case "POST /v2/optionchain/expirylist" -> data(call, () -> chains.expiries(body));
      case "POST /v2/charts/intraday" -> chart(call, () -> charts.intraday(body));
      case "POST /v2/charts/historical" -> chart(call, () -> charts.daily(body));
      default ->
          DhanErrors.gateway(
              floor.clock().instant().toString(),
              404,
              "Not Found",
              call.path().startsWith(BASE) ? call.path() : "/");
    };
  }

  private HttpReply other(HttpCall call, Supplier<HttpReply> answer) {
    HttpReply refusal = refusal(call);
    if (refusal != null) {
      return refusal;
    }
    return isLimited("other", 20, SECOND) ? DhanErrors.tooMany() : answer.get();
  }

  private HttpReply chart(HttpCall call, Supplier<HttpReply> answer) {
    HttpReply refusal = refusal(call);
    if (refusal != null) {
      return refusal;
    }
    boolean limited =
        isLimited("data", 5, SECOND) || isLimited("data-day", 100_000, Duration.ofDays(1));
    return limited ? DhanErrors.tooMany() : answer.get();
  }

  private HttpReply quote(HttpCall call, Supplier<HttpReply> answer) {
    HttpReply refusal = dataRefusal(call);
    if (refusal != null) {
      return refusal;
    }
    return isLimited("quote", 1, SECOND) ? DhanErrors.tooManyData() : answer.get();
  }

  private HttpReply data(HttpCall call, Supplier<HttpReply> answer) {
    HttpReply refusal = dataRefusal(call);
    if (refusal != null) {
      return refusal;
    }
    boolean limited =
        isLimited("data", 5, SECOND) || isLimited("data-day", 100_000, Duration.ofDays(1));
    return limited ? DhanErrors.tooManyData() : answer.get();
  }

  /** Each underlying and expiry may be asked for once in three seconds. */
  private HttpReply chain(HttpCall call, @Nullable JsonNode body) {
    JsonNode asked = body == null ? Json.object() : body;
    String bucket =
        "chain %s %s %s"
            .formatted(
                asked.path("UnderlyingScrip").asString(""),
                asked.path("UnderlyingSeg").asString(""),
                asked.path("Expiry").asString(""));
    return data(
        call,
        () ->
            isLimited(bucket, 1, Duration.ofSeconds(3))
                ? DhanErrors.tooManyData()
                : chains.chain(body));
  }

  /** Takes a place among the calls of a kind. */
  private boolean isLimited(String bucket, int most, Duration time) {
    return floor.options().limits() && !limits.take(bucket, most, time);
  }

  private DhanTokens.Verdict verdict(HttpCall call) {
    String client = call.header("client-id");
    String named = client == null ? call.header("dhanclientid") : client;
    String own = floor.options().account().clientId();
    return floor.tokens().check(named == null ? own : named, call.header("access-token"));
  }

  /** The refusal of credentials in the general shape; null if they are good. */
  private @Nullable HttpReply refusal(HttpCall call) {
    return switch (verdict(call)) {
      case GOOD -> null;
      case EXPIRED -> DhanErrors.general(400, "Order_Error", "DH-906", "Invalid Token");
      case FAILED, INVALID, WRONG_CLIENT ->
          DhanErrors.general(
              401,
              "Invalid_Authentication",
              "DH-901",
              "Client ID or user generated access token is invalid or expired.");
    };
  }

  /** The refusal in the shape of the data APIs, which need the client's id. */
  private @Nullable HttpReply dataRefusal(HttpCall call) {
    DhanTokens.Verdict verdict =
        call.header("client-id") == null ? DhanTokens.Verdict.WRONG_CLIENT : verdict(call);
    return verdict == DhanTokens.Verdict.GOOD
        ? null
        : DhanErrors.data(401, verdict.code(), verdict.text());
  }
}
