package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.dhan.master.MasterParser;
import dev.tapeline.feed.dhan.master.SampleMaster;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The search for instruments, of the sources and of a vendor's catalogue. */
class InstrumentsApiTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
  private static final String PATH = "/api/v1/instruments";

  private final RestRig rig = new RestRig(Map.of());

  @BeforeEach
  void fill() throws Exception {
    List<Instrument> cash =
        List.of(
            new Instrument.Index(reference("NIFTY", "IDX_I", "13", "Nifty 50")),
            new Instrument.Share(reference("M&M", "NSE_EQ", "2031", "Mahindra")));
    byte[] file = SampleMaster.ofDay(TODAY, cash);
    rig.instruments.addCatalogue("dhan", MasterParser.parse(new ByteArrayInputStream(file), TODAY));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static Reference reference(String symbol, String segment, String id, String name) {
    return new Reference(symbol, segment, id, name, new BigDecimal("0.05"));
  }

  @Test
  void anOptionIsAnsweredWithItsTerms() throws Exception {
    assertEquals(
        "{\"instruments\":[{\"symbol\":\"NIFTY-20261208-24300-PE\",\"key\":\"NSE_FNO:40127\","
            + "\"segment\":\"NSE_FNO\",\"securityId\":\"40127\","
            + "\"name\":\"NIFTY 08 DEC 24300 PUT\",\"type\":\"option\",\"tickSize\":0.05,"
            + "\"underlying\":\"NIFTY\",\"expiry\":\"2026-12-08\",\"strike\":24300,"
            + "\"right\":\"put\",\"lot\":65}],\"count\":1}",
        rig.get(PATH + "?underlying=nifty&expiry=2026-12-08&strike=24300.00&right=PE").body());
  }

  @Test
  void aFutureIsAnsweredWithItsTerms() throws Exception {
    assertEquals(
        "{\"instruments\":[{\"symbol\":\"NIFTY-20261229-FUT\",\"key\":\"NSE_FNO:40001\","
            + "\"segment\":\"NSE_FNO\",\"securityId\":\"40001\",\"name\":\"NIFTY DEC FUT\","
            + "\"type\":\"future\",\"tickSize\":0.1,\"underlying\":\"NIFTY\","
            + "\"expiry\":\"2026-12-29\",\"lot\":65}],\"count\":1}",
        rig.get(PATH + "?underlying=NIFTY&expiry=2026-12-29").body());
  }

  @ParameterizedTest
  @CsvSource({
    "q=nifty&limit=2, NIFTY NIFTY-20261229-FUT",
    "q=m%26m, M&M",
    "q=NSE_EQ:2031, M&M",
    "q=btc, BTCUSDT",
    "strike=24300&right=call, "
        + "NIFTY-20261201-24300-CE NIFTY-20261208-24300-CE NIFTY-20261215-24300-CE",
    "strike=24300&right=ce&q=0815, ''",
    "q=20261201-24300&right=put, NIFTY-20261201-24300-PE",
    "underlying=NIFTY&limit=2, NIFTY-20261201-23300-CE NIFTY-20261201-23300-PE",
    "underlying=BTCUSDT, ''",
    "underlying=&expiry=&strike=&right=&q=NIFTY&limit=1, NIFTY",
    "limit=0, ''",
  })
  void instrumentsAreFoundByTextAndTerms(String query, String symbols) throws Exception {
    JsonNode answer = JsonMapper.shared().readTree(rig.get(PATH + "?" + query).body());
    List<String> found =
        answer.path("instruments").valueStream().map(it -> it.path("symbol").asString()).toList();
    assertEquals(symbols, String.join(" ", found));
    assertEquals(found.size(), answer.path("count").asInt());
  }

  @Test
  void thereAreFiftyUnlessMoreAreAskedFor() throws Exception {
    assertEquals(50, count("?q=nifty"));
    assertEquals(250, count("?q=nifty&limit=500"));
  }

  private int count(String query) throws Exception {
    return JsonMapper.shared().readTree(rig.get(PATH + query).body()).path("count").asInt();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "expiry=tomorrow | 'expiry' is 'tomorrow', but should be a date such as 2026-12-29",
        "expiry=2026-02-30 | 'expiry' is '2026-02-30', but should be a date such as 2026-12-29",
        "strike=atm | 'strike' is 'atm', but should be a number above 0",
        "strike=-1 | 'strike' is '-1', but should be a number above 0",
        "strike=0 | 'strike' is '0', but should be a number above 0",
        "strike=1e999 | 'strike' is '1e999', but should be a number above 0",
        "right=both | 'right' is 'both', but should be one of call, ce, pe, put",
        "underlying=A%20B | 'underlying' is 'A B', but should be a symbol such as NIFTY",
        "limit=501 | 'limit' is '501', but should be a number from 0 to 500",
        "limit=x | 'limit' is 'x', but should be a number from 0 to 500",
      })
  void aWrongParameterIsNamedWithItsValue(String query, String detail) throws Exception {
    HttpResponse<String> answer = rig.get(PATH + "?" + query);
    assertEquals(400, answer.statusCode());
    assertEquals(detail, JsonMapper.shared().readTree(answer.body()).path("detail").asString());
  }

  @Test
  void aLongValueIsShownInPart() throws Exception {
    String body = rig.get(PATH + "?right=" + "x".repeat(1_000)).body();
    assertTrue(body.contains("'" + "x".repeat(64) + "…'"), body);
  }
}
