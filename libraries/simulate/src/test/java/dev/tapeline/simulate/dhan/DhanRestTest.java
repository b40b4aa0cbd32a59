package dev.tapeline.simulate.dhan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.tick.Level;
import dev.tapeline.simulate.Http;
import dev.tapeline.simulate.Scripted;
import dev.tapeline.simulate.TestSocket;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DhanRestTest {

  private static final String[] HEADERS = {
    "access-token", "simulated-token", "client-id", "1100000001"
  };

  private static HttpResponse<String> post(DhanRig rig, String path, String body) {
    return new Http(rig.simulator.port()).call("POST", "/v2" + path, body, HEADERS);
  }

  private static JsonNode answer(DhanRig rig, String path, String body) {
    return Http.json(post(rig, path, body));
  }

  private static DhanRig unlimited() {
    return new DhanRig(options -> options.limited(false));
  }

  @Test
  void tellsLastPricesBySegmentAndId() {
    try (DhanRig rig = unlimited()) {
      assertEquals(
          "{\"data\":{\"NSE_EQ\":{\"1333\":{\"last_price\":1642.35}},\"IDX_I\":{}},"
              + "\"status\":\"success\"}",
          post(rig, "/marketfeed/ltp", "{\"NSE_EQ\":[1333],\"IDX_I\":[99],\"dhanClientId\":\"x\"}")
              .body());
      assertEquals(
          "{\"data\":{},\"status\":\"success\"}",
          post(rig, "/marketfeed/ltp", "{\"MARS\":[1]}").body());
    }
  }

  @Test
  void tellsTheRangeAndTheWholeQuote() {
    try (DhanRig rig = unlimited()) {
      rig.tell(
          Scripted.snapshot(
              Scripted.HDFCBANK,
              1,
              List.of(Level.of("1642.30", "250")),
              List.of(Level.of("1642.40", "20"))));
      assertEquals(
          "{\"last_price\":1642.35,\"ohlc\":{\"open\":1642.35,\"close\":1650,\"high\":1642.35,"
              + "\"low\":1642.35}}",
          answer(rig, "/marketfeed/ohlc", "{\"NSE_EQ\":[1333]}")
              .at("/data/NSE_EQ/1333")
              .toString());
      JsonNode quote =
          answer(rig, "/marketfeed/quote", "{\"NSE_EQ\":[1333]}").at("/data/NSE_EQ/1333");
      assertEquals(
          "{\"quantity\":250,\"orders\":3,\"price\":1642.3}", quote.at("/depth/buy/0").toString());
      assertEquals(
          "{\"quantity\":0,\"orders\":0,\"price\":0}", quote.at("/depth/buy/4").toString());
      assertEquals("25/07/2025 10:00:00", quote.path("last_trade_time").asString());
      assertEquals("-7.65", quote.path("net_change").toString());
      assertEquals(250, quote.path("buy_quantity").asInt());
    }
  }

  @Test
  void atNightPricesAreZeroAndMapsEmpty() {
    try (DhanRig rig = new DhanRig(options -> options.limited(false).offHours(true))) {
      assertEquals(
          "{\"data\":{\"NSE_EQ\":{}},\"status\":\"success\"}",
          post(rig, "/marketfeed/ltp", "{\"NSE_EQ\":[1333]}").body());
      assertEquals(
          0,
          answer(rig, "/marketfeed/quote", "{\"NSE_EQ\":[1333]}")
              .at("/data/NSE_EQ/1333/last_price")
              .asInt(-1));
    }
  }

  @Test
  void tooManyIdsAndIdsThatAreNoNumbersAreRefused() {
    try (DhanRig rig = unlimited()) {
      String many = IntStream.range(0, 1001).boxed().toList().toString();
      assertEquals(400, post(rig, "/marketfeed/ltp", "{\"NSE_EQ\":" + many + "}").statusCode());
      assertEquals(
          "{\"data\":{\"813\":\"Invalid SecurityId\"},\"status\":\"failed\"}",
          post(rig, "/marketfeed/ltp", "{\"NSE_EQ\":[\"1333\"]}").body());
    }
  }

  @Test
  void tellsAChainByStrikesOfSixDecimals() {
    try (DhanRig rig = unlimited()) {
      JsonNode expiries =
          answer(
              rig,
              "/optionchain/expirylist",
              "{\"UnderlyingScrip\":13,\"UnderlyingSeg\":\"IDX_I\"}");
      assertEquals(
          "{\"data\":[\"2025-07-29\",\"2025-08-05\",\"2025-08-26\"],\"status\":\"success\"}",
          expiries.toString());
      JsonNode data = chain(rig, "2025-07-29").path("data");
      assertEquals("24321.5", data.path("last_price").toString());
      JsonNode call = data.at("/oc/24300.000000/ce");
      assertEquals(
          List.of(
              "average_price",
              "greeks",
              "implied_volatility",
              "last_price",
              "oi",
              "previous_close_price",
              "previous_oi",
              "previous_volume",
              "security_id",
              "top_ask_price",
              "top_ask_quantity",
              "top_bid_price",
              "top_bid_quantity",
              "volume"),
          List.copyOf(call.propertyNames()));
      double delta = call.at("/greeks/delta").asDouble();
      assertTrue(delta > 0.4 && delta < 0.6, call::toString);
      assertEquals(41, data.path("oc").size());
      assertEquals(400, post(rig, "/optionchain", chainRequest("2024-01-01")).statusCode());
    }
  }

  private static String chainRequest(String expiry) {
    return "{\"UnderlyingScrip\":13,\"UnderlyingSeg\":\"IDX_I\",\"Expiry\":\"%s\"}"
        .formatted(expiry);
  }

  private static JsonNode chain(DhanRig rig, String expiry) {
    return answer(rig, "/optionchain", chainRequest(expiry));
  }

  /** Asks until it is refused, because a slow machine may take longer than the limit's time. */
  private static HttpResponse<String> refusal(DhanRig rig, String path, String body) {
    HttpResponse<String> answer = post(rig, path, body);
    for (int i = 0; i < 100 && answer.statusCode() == 200; i++) {
      answer = post(rig, path, body);
    }
    return answer;
  }

  @Test
  void theSameChainMayBeAskedForOnceInAWhile() {
    try (DhanRig rig = DhanRig.start()) {
      HttpResponse<String> refused = refusal(rig, "/optionchain", chainRequest("2025-07-29"));
      assertEquals(429, refused.statusCode());
      assertTrue(refused.body().startsWith("{\"data\":{\"805\":"), refused.body());
      assertEquals(200, post(rig, "/optionchain", chainRequest("2025-08-05")).statusCode());
    }
  }

  @Test
  void quotesMayBeAskedForOnceInAWhile() {
    try (DhanRig rig = DhanRig.start()) {
      assertEquals(429, refusal(rig, "/marketfeed/ltp", "{\"NSE_EQ\":[1333]}").statusCode());
    }
  }

  private static String chart(String id, String from, String to) {
    return ("{\"securityId\":\"%s\",\"exchangeSegment\":\"NSE_EQ\",\"instrument\":\"EQUITY\","
            + "\"interval\":\"5\",\"oi\":false,\"fromDate\":\"%s\",\"toDate\":\"%s\"}")
        .formatted(id, from, to);
  }

  @Test
  void barsArePastAndPresentInParallelArrays() {
    try (DhanRig rig = unlimited()) {
      String today = chart("1333", "2025-07-25 00:00:00", "2025-07-25 09:40:00");
      String text = post(rig, "/charts/intraday", today).body();
      assertTrue(text.contains("\"timestamp\":[1.7534151E9,"), text);
      JsonNode bars = answer(rig, "/charts/intraday", today);
      assertEquals(10, bars.path("timestamp").size(), "the end of a time today is ignored");
      assertEquals("1642.35", bars.at("/close/9").toString());
      assertEquals(10, bars.path("volume").size());
      assertTrue(bars.path("open_interest").isMissingNode());
      JsonNode days = answer(rig, "/charts/historical", chart("1333", "2025-07-14", "2025-07-21"));
      assertEquals(5, days.path("timestamp").size());
      assertEquals(1_752_431_400, days.at("/timestamp/0").asLong());
    }
  }

  @Test
  void chartsOfUnknownIdsAreEmptyAndLongTimesRefused() {
    try (DhanRig rig = unlimited()) {
      JsonNode none =
          answer(rig, "/charts/intraday", chart("7", "2025-07-01 00:00:00", "2025-07-02 00:00:00"));
      assertEquals(
          "{\"open\":[],\"high\":[],\"low\":[],\"close\":[],\"volume\":[],\"timestamp\":[]}",
          none.toString());
      JsonNode refused =
          answer(
              rig, "/charts/intraday", chart("1333", "2025-01-01 00:00:00", "2025-07-02 00:00:00"));
      assertEquals("DH-905", refused.path("errorCode").asString());
    }
  }

  @Test
  void credentialsAreRefusedInTheShapeOfTheirFamily() {
    try (DhanRig rig = unlimited()) {
      Http http = new Http(rig.simulator.port());
      String[] wrong = {"access-token", "other", "client-id", "1100000001"};
      assertEquals(
          "DH-901",
          Http.json(http.call("GET", "/v2/profile", "", wrong)).path("errorCode").asString());
      assertEquals(
          "{\"data\":{\"809\":\"Access token is invalid\"},\"status\":\"failed\"}",
          http.call("POST", "/v2/marketfeed/ltp", "{}", wrong).body());
      assertEquals(404, http.call("GET", "/v2/nothing", "", HEADERS).statusCode());
    }
  }

  @Test
  void aRenewedTokenEndsTheOldOneAndItsSockets() {
    try (DhanRig rig = unlimited();
        TestSocket client = rig.feed()) {
      Http http = new Http(rig.simulator.port());
      assertEquals(
          "Active",
          Http.json(http.call("GET", "/v2/profile", "", HEADERS)).path("dataPlan").asString());
      assertEquals(
          "DH-905",
          Http.json(http.call("POST", "/v2/RenewToken", "", HEADERS)).path("errorCode").asString());
      String token =
          Http.json(http.call("GET", "/v2/RenewToken", "", HEADERS)).path("accessToken").asString();
      assertEquals(3, token.split("\\.").length);
      assertEquals(50, client.nextPacket()[0]);
      JsonNode dead = Http.json(http.call("GET", "/v2/profile", "", HEADERS));
      assertEquals(
          "{\"errorType\":\"Order_Error\",\"errorCode\":\"DH-906\",\"errorMessage\":\"Invalid Token\"}",
          dead.toString());
      assertEquals(
          200,
          http.call("GET", "/v2/profile", "", "access-token", token, "client-id", "1100000001")
              .statusCode());
    }
  }

  @Test
  void tokensAreMadeForWhoKnowsThePasswordOfTheMoment() {
    try (DhanRig rig = unlimited()) {
      Http http = new Http(rig.simulator.port());
      String path = "/app/generateAccessToken?dhanClientId=1100000001&pin=123456&totp=";
      String totp = Totp.at(DhanAccount.USUAL.totpSecret(), Scripted.NOW);
      assertEquals(
          "{\"status\":\"error\",\"message\":\"Invalid TOTP\"}",
          http.call("POST", path + "000000", "").body());
      JsonNode made = Http.json(http.call("POST", path + totp, ""));
      assertEquals("2025-07-26T10:00:00.000", made.path("expiryTime").asString());
      assertNotEquals("", made.path("accessToken").asString());
    }
  }

  @Test
  void theMasterHasTheRealColumns() {
    try (DhanRig rig = unlimited()) {
      List<String> lines =
          new Http(rig.simulator.port())
              .get("/api-data/api-scrip-master-detailed.csv")
              .body()
              .lines()
              .toList();
      lines.forEach(line -> assertEquals(33, line.split(",", -1).length, line));
      assertTrue(lines.get(0).startsWith("EXCH_ID,SEGMENT,SECURITY_ID,ISIN,INSTRUMENT,"));
      assertEquals(
          "NSE,I,13,NA,INDEX,13,NIFTY,NIFTY,NIFTY,INDEX,NA,1.0,0001-01-01,,XX,0.0500,N,N,N,N,NA,A,"
              + "0,0,0,0,0,0,0,0.0000,0.0000,0,",
          lines.get(1));
      assertTrue(
          lines.contains(
              "NSE,D,70001,NA,OPTIDX,26000,NIFTY,NIFTY-Jul2025-23300-CE,NIFTY 29 JUL 23300 CALL,"
                  + "OP,NA,65.0,2025-07-29,23300.00000,CE,5.0000,M,N,N,N,NA,A,0,0,0,0,0,0,0,"
                  + "0.0000,0.0500,1801,"),
          lines.get(4));
    }
  }

  @Test
  void faultsChangeTheAnswers() {
    try (DhanRig rig = unlimited()) {
      inject(rig, Fault.of(FaultKind.STATUS).with(429));
      assertEquals(429, ltp(rig).statusCode());
      inject(rig, Fault.of(FaultKind.HTML));
      assertTrue(ltp(rig).body().startsWith("<html>"));
      inject(rig, Fault.of(FaultKind.EMPTY));
      assertEquals("", ltp(rig).body());
      inject(rig, Fault.of(FaultKind.REDIRECT));
      assertEquals("/elsewhere", ltp(rig).headers().firstValue("location").orElse(""));
      inject(rig, Fault.of(FaultKind.HALF_GZIP));
      assertEquals("gzip", ltp(rig).headers().firstValue("content-encoding").orElse(""));
      inject(rig, Fault.of(FaultKind.SLOW).late(200));
      assertEquals("success", Http.json(ltp(rig)).path("status").asString());
      assertEquals("success", Http.json(ltp(rig)).path("status").asString());
    }
  }

  private static void inject(DhanRig rig, Fault fault) {
    rig.simulator.control().inject(fault);
  }

  private static HttpResponse<String> ltp(DhanRig rig) {
    return post(rig, "/marketfeed/ltp", "{\"NSE_EQ\":[1333]}");
  }
}
