package dev.tapeline.feed.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.binance.BinanceInstruments.Listing;
import dev.tapeline.market.SharedFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceInstrumentsTest {

  private static final String ONE =
      """
      {"symbols":[{"symbol":"BTCUSDT","status":"CANCEL_ONLY","baseAsset":"BTC",\
      "quoteAsset":"USDT","filters":[{"filterType":"LOT_SIZE","stepSize":"1"},\
      {"filterType":"PRICE_FILTER","minPrice":"0.1","tickSize":"10.00000000"}]},%s]}\
      """;

  @Test
  void aPairHasItsNameItsTickSizeAndItsStatus() {
    Listing listing = parse(ONE.formatted("{}")).listings().getFirst();
    assertEquals("BTCUSDT", listing.pair().symbol());
    assertEquals("BINANCE:BTCUSDT", listing.pair().key());
    assertEquals("BTC / USDT", listing.pair().name());
    assertEquals("10", listing.pair().tickSize().toPlainString());
    assertEquals("CANCEL_ONLY", listing.status());
    assertFalse(listing.isTrading());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "5",
        "{\"symbol\":\"\u5e01\u5b89\",\"status\":\"TRADING\",\"baseAsset\":\"A\","
            + "\"quoteAsset\":\"B\"}",
        "{\"symbol\":\"AB\",\"status\":\"TRADING\",\"baseAsset\":\"A\",\"quoteAsset\":\"B\","
            + "\"filters\":[{\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"x\"}]}"
      })
  void whatCannotBeReadIsCounted(String symbol) {
    BinanceInstruments instruments = parse(ONE.formatted(symbol));
    assertEquals(1, instruments.listings().size());
    assertEquals(1, instruments.skipped());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"symbols\":5}", "{\"symbols\":["})
  void whatIsNoAnswerIsRefused(String body) {
    assertThrows(IllegalArgumentException.class, () -> parse(body));
  }

  @Property(tries = 1000)
  void damageIsRefusedOrSkipped(@ForAll @IntRange(max = 200) int at, @ForAll byte replacement) {
    byte[] body = Conversation.bytes(ONE.formatted("{}"));
    body[at] = replacement;
    try {
      assertTrue(BinanceInstruments.parse(body).listings().size() <= 1);
    } catch (IllegalArgumentException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }
  }

  @Test
  void allPairsOfAWholeAnswerAreRead() throws IOException {
    BinanceInstruments instruments = parse(recorded());
    Map<String, Integer> statuses = new TreeMap<>();
    Map<String, String> ticks = new TreeMap<>();
    for (Listing listing : instruments.listings()) {
      statuses.merge(listing.status(), 1, Integer::sum);
      assertTrue(listing.pair().tickSize().signum() > 0, listing::toString);
      ticks.put(listing.pair().symbol(), listing.pair().tickSize().toPlainString());
    }
    assertEquals(0, instruments.skipped());
    assertEquals(Map.of("BREAK", 433, "TRADING", 1262), statuses);
    assertEquals(
        List.of("0.01", "0.0001", "0.00000001"),
        List.of(ticks.get("BTCUSDT"), ticks.get("NKNUSDT"), ticks.get("LRCBTC")));
  }

  private static String recorded() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(
                        SharedFiles.path("crypto/binance_exchangeinfo_20211012.json.gz"))),
                StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      return line.substring(line.indexOf('{'));
    }
  }

  private static BinanceInstruments parse(String body) {
    return BinanceInstruments.parse(Conversation.bytes(body));
  }
}
