package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.rest.ChainFetch;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What REST answers of option chains that are in the cache, and of those that are not. */
class OptionChainApiTest {

  /** A small chain of NIFTY, whose expiry is to be filled in. */
  static final String CHAIN =
      "{\"symbol\":\"NIFTY\",\"expiry\":\"%s\",\"t\":5,\"source\":\"dhan\",\"stale\":false,"
          + "\"forward\":{\"source\":\"none\",\"n\":0},\"strikes\":[]}";

  private static final String BASE = "/api/v1/option-chain/";
  private static final String KEY = "option-chain:NIFTY:2026-12-08";

  private final RestRig rig = new RestRig(Map.of());

  OptionChainApiTest() {
    rig.instruments.add("dhan", option(15));
    rig.instruments.add("dhan", option(8));
  }

  private static Instrument.Option option(int day) {
    String symbol = "NIFTY-%dDEC26-24000-CE".formatted(day);
    return new Instrument.Option(
        new Reference(symbol, "NSE_FNO", "4" + day, symbol, BigDecimal.ZERO),
        "NIFTY",
        LocalDate.of(2026, 12, day),
        new BigDecimal(24000),
        Right.CALL,
        BigDecimal.ONE);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void assertAnswer(int status, String part, String path) throws Exception {
    HttpResponse<String> answer = rig.get(BASE + path);
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(part), answer.body());
  }

  @Test
  void expiriesComeInOrder() throws Exception {
    assertEquals(
        "{\"symbol\":\"NIFTY\",\"expiries\":[\"2026-12-08\",\"2026-12-15\"],\"count\":2}",
        rig.get(BASE + "NIFTY/expiries").body());
  }

  @Test
  void aChainIsAnsweredAsItWasPublished() throws Exception {
    String chain = CHAIN.formatted("2026-12-08");
    rig.put(KEY, chain);
    assertEquals(chain, rig.get(BASE + "NIFTY/2026-12-08").body());
  }

  @Test
  void theHistoryHasTheSnapshotsNewestFirst() throws Exception {
    rig.put(KEY + ":1", "{\"t\":1}");
    rig.put(KEY + ":0", "{\"t\":2}");
    assertEquals(
        "{\"symbol\":\"NIFTY\",\"expiry\":\"2026-12-08\",\"snapshots\":[{\"t\":2},{\"t\":1}]}",
        rig.get(BASE + "NIFTY/2026-12-08/history").body());
  }

  @Test
  void aChainThatNobodyWantedIsAskedFor() throws Exception {
    List<ChainKey> asked = new ArrayList<>();
    rig.chains =
        (chain, cached) -> {
          asked.add(chain);
          return new ChainFetch.Answer(cached == null ? "{\"t\":1}" : "{\"t\":2}", true);
        };
    assertEquals("{\"t\":1}", rig.get(BASE + "NIFTY/2026-12-15").body());
    rig.put(KEY, "{\"t\":0}");
    assertEquals("{\"t\":2}", rig.get(BASE + "NIFTY/2026-12-08").body());
    assertEquals(404, rig.get(BASE + "NIFTY/2026-12-09").statusCode());
    assertEquals(
        List.of(
            new ChainKey("NIFTY", LocalDate.of(2026, 12, 15)),
            new ChainKey("NIFTY", LocalDate.of(2026, 12, 8))),
        asked,
        "an expiry without options is not asked for");
  }

  @Test
  void theReasonWhyNothingComesIsTold() throws Exception {
    rig.chains = (_, _) -> new ChainFetch.Answer(null, false);
    assertAnswer(503, "too many chains were asked for within a minute", "NIFTY/2026-12-15");
    rig.chains = (_, _) -> new ChainFetch.Answer(null, true);
    assertAnswer(409, "it is wanted for a minute from now on", "NIFTY/2026-12-15");
    rig.instruments.add("simulator", option(22));
    rig.feedProblem = Optional.of("no node runs it");
    assertAnswer(503, "nothing comes of the chain NIFTY", "NIFTY/2026-12-22");
    assertAnswer(503, "no node runs it", "NIFTY/2026-12-22");
  }

  @Test
  void whatIsNotThereIsNamedWithARemedy() throws Exception {
    assertAnswer(409, "or subscribe to 'option-chain:NIFTY:2026-12-15'", "NIFTY/2026-12-15");
    assertAnswer(409, "POST /market/polling/start", "NIFTY/2026-12-15/history");
    assertAnswer(404, "its expiries are 2026-12-08, 2026-12-15", "NIFTY/2026-12-09");
    assertAnswer(404, "no options on 'nifty' are known: write 'NIFTY'", "nifty/2026-12-15");
    assertAnswer(404, "no options on 'NOTHING' are known", "NOTHING/2026-12-09");
    assertAnswer(404, "no options on 'NOTHING' are known", "NOTHING/expiries");
    assertAnswer(400, "'expiry' is a date like 2026-12-08, unlike 'soon'", "NIFTY/soon");
    assertAnswer(400, "'symbol' is not a symbol: 'a b'", "a%20b/2026-12-08");
  }
}
