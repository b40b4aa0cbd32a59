package dev.tapeline.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Finding;
import dev.tapeline.simulate.binance.BinanceOptions;
import dev.tapeline.simulate.binance.BinanceSimulator;
import dev.tapeline.simulate.deribit.DeribitOptions;
import dev.tapeline.simulate.deribit.DeribitSimulator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code doctor} finds out about vendors without an account. */
class VendorChecksTest extends DoctorRig {

  private static String binance(String base) {
    return "binance rest-url=%s socket-url=%s".formatted(base, base.replace("http:", "ws:"));
  }

  private Finding first(int status, String body) {
    try (Page page = new Page(status, body)) {
      return findings(binance(page.address()), Map.of()).getFirst();
    }
  }

  @Test
  void vendorsThatAnswerAreWell() {
    try (BinanceSimulator binance = BinanceSimulator.start(BinanceOptions.usual());
        DeribitSimulator deribit = DeribitSimulator.start(DeribitOptions.usual())) {
      String first = "127.0.0.1:" + binance.port();
      String second = "127.0.0.1:" + deribit.port();
      String feeds =
          binance("http://" + first)
              + ",deribit rest-url=http://%1$s/api/v2 socket-url=ws://%1$s/ws/api/v2"
                  .formatted(second);
      assertEquals(
          List.of(
              "OK binance host: " + first + " answers",
              "OK binance clock: agrees with the vendor's",
              "OK binance sockets: " + first + " answers",
              "OK deribit host: " + second + " answers",
              "OK deribit clock: agrees with the vendor's",
              "OK deribit sockets: " + second + " answers"),
          check(feeds, Map.of()));
    }
  }

  @Test
  void theClockIsComparedToTheMillisecond() {
    clock = () -> Instant.ofEpochMilli(1_000_000_000_000L);
    Finding found;
    try (Page page = new Page(200, "{\"serverTime\":1000000003100}")) {
      found = findings(binance(page.address()), Map.of()).get(1);
    }
    assertEquals("this machine's clock is 3.1 s behind the vendor's", found.text());
    assertEquals(Finding.Level.WARN, found.level());
  }

  @ParameterizedTest
  @CsvSource({
    "451,FAIL,serves nobody at this place (HTTP 451)",
    "403,FAIL,refuses this machine's address (HTTP 403)",
    "418,FAIL,has banned this machine's address for too many calls (HTTP 418)",
    "429,WARN,was asked too often from here (HTTP 429)",
    "404,FAIL,/api/v3/time answers with HTTP 404",
    "500,WARN,/api/v3/time answers with HTTP 500",
    "200,FAIL,/api/v3/time does not tell its time",
  })
  void refusalsAreNamed(int status, Finding.Level level, String text) {
    Finding found = first(status, "{}");
    assertEquals(level, found.level());
    assertTrue(found.text().endsWith(text), found.text());
  }

  @Test
  void whereBinanceIsBlockedItsHostsForMarketDataAreNamed() {
    Finding found = first(451, "");
    assertEquals(
        "use https://data-api.binance.vision as rest-url and wss://data-stream.binance.vision as"
            + " socket-url, which are for market data alone",
        found.remedy());
  }

  @Test
  void pagesOfHtmlAreNamed() {
    assertEquals(Finding.Level.FAIL, first(200, "\n<html>").level());
    assertEquals(Finding.Level.WARN, first(502, "<html>").level());
  }

  @Test
  void anAddressWithAPathIsNamed() {
    Finding found = findings("binance rest-url=https://api.binance.com/", Map.of()).getFirst();
    assertEquals(Finding.Level.FAIL, found.level());
    assertTrue(found.text().startsWith("not a host: 'https://api.binance.com/'"), found.text());
  }

  @Test
  void aFileOfNoCertificatesIsNamed() {
    List<Finding> found = findings("binance ca-file=/no/such/file", Map.of());
    assertEquals(
        Finding.fail(
            "binance ca-file",
            "no certificates can be read from /no/such/file",
            "name a PEM file of certificates, or leave ca-file out"),
        found.getFirst());
    assertEquals(1, found.size());
  }

  @Test
  void otherSourcesHaveNoHosts() {
    assertEquals(List.of(), check("simulator", Map.of()));
  }
}
