package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.ChainKey;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Screeners, and the polling of option chains, by REST. */
class WatchApiTest {

  private static final String[] KEY = {"Authorization", "Bearer " + RestRig.KEY};

  private final RestRig rig = new RestRig(Map.of());

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aScreenerIsMadeReadAndRemoved() throws Exception {
    String body = "{\"type\":\"swing\",\"symbols\":[\"TCS\"],\"keys\":[\"NSE_EQ:1333\"]}";
    assertEquals(200, rig.put("/api/v1/screeners/mine", body, KEY).statusCode());
    assertEquals(
        "{\"name\":\"mine\",\"type\":\"swing\",\"symbols\":[\"TCS\"],\"keys\":[\"NSE_EQ:1333\"]}",
        rig.get("/api/v1/screeners/mine").body());
    assertTrue(rig.get("/api/v1/screeners").body().endsWith("\"count\":1}"));
    assertEquals("{\"removed\":\"mine\"}", rig.delete("/api/v1/screeners/mine", KEY).body());
    assertEquals(404, rig.get("/api/v1/screeners/mine").statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"symbols\":[\"A B\"]} | 'A B' is no symbol",
        "{\"keys\":[\"1333\"]} | '1333' is no key: write SEGMENT:ID",
        "{\"symbols\":\"TCS\"} | 'symbols' must be a list of strings",
        "{\"symbols\":[1]} | 'symbols' must be a list of strings",
        "{\"ids\":[1]} | unknown member 'ids'; allowed are keys, symbols, type",
        "{} | a screener names symbols or keys",
        "[] | the body must be a JSON object",
        "{ | the body is not valid JSON",
      })
  void whatIsWrongWithAScreenerIsNamed(String body, String problem) throws Exception {
    HttpResponse<String> answer = rig.put("/api/v1/screeners/mine", body, KEY);
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains(problem), answer.body());
  }

  @Test
  void pollingIsStartedAndStopped() throws Exception {
    String chain = "{\"symbol\":\"NIFTY\",\"expiry\":\"2026-12-08\"";
    assertEquals(
        chain + ",\"interval\":2000,\"effectiveInterval\":3000}",
        rig.post("/market/polling/start", chain + ",\"interval\":2000}").body());
    ChainKey key = new ChainKey("NIFTY", LocalDate.of(2026, 12, 8));
    assertEquals(Map.of(key, 2000L), rig.wishes.wishes().chains());
    assertEquals(
        chain + ",\"stopped\":true}", rig.post("/market/polling/stop", chain + "}").body());
    assertEquals(
        chain + ",\"stopped\":false}", rig.post("/market/polling/stop", chain + "}").body());
    assertEquals("{\"polling\":[],\"count\":0}", rig.get("/market/polling/status").body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"symbol\":\"NIFTY\"} | 'expiry' is missing",
        "{\"symbol\":\"NIFTY\",\"expiry\":\"soon\"} | 'expiry' is a date like 2026-12-08, unlike 'soon'",
        "{\"symbol\":\"A B\",\"expiry\":\"2026-12-08\"} | 'symbol' is not a symbol: 'A B'",
        "{\"symbol\":\"A\",\"expiry\":\"2026-12-08\",\"interval\":5} | 'interval' is a whole number"
            + " from 100 to 3600000",
      })
  void whatIsWrongWithAChainIsNamed(String body, String problem) throws Exception {
    HttpResponse<String> answer = rig.post("/market/polling/start", body);
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains(problem), answer.body());
  }
}
