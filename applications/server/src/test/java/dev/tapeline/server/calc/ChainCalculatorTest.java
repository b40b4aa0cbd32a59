package dev.tapeline.server.calc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainFigures;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.server.calendar.CalendarFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is computed of an answer of Dhan. */
class ChainCalculatorTest {

  private static final LocalDate EXPIRY = LocalDate.of(2026, 12, 8);
  private static final String PAIR =
      """
      {"status":"success","data":{"last_price":24300.5,"oc":{"24400.000000":{
      "ce":{"last_price":152.35,"top_bid_price":152.3,"top_bid_quantity":75,
            "top_ask_price":152.4,"top_ask_quantity":75,"oi":750,
            "previous_oi":600,"previous_close_price":140,"volume":75},
      "pe":{"last_price":230.75,"top_bid_price":230.7,"top_bid_quantity":75,
            "top_ask_price":230.8,"top_ask_quantity":75,"oi":1500}}}}}
      """;

  private static ChainCalculator calculator(LocalDate expiry, String now) {
    return new ChainCalculator(
        CalendarFile.builtIn(),
        new ChainKey("NIFTY", expiry),
        Instant.parse(now),
        ChainConvention.DEFAULT);
  }

  private static OptionChain read(String json) throws IOException {
    InputStream in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    return calculator(EXPIRY, "2026-12-03T04:14:59.999Z").read(in);
  }

  @Test
  void aPairIsComputedAsTheServerDoes() throws IOException {
    OptionChain chain = read(PAIR);
    assertEquals(7_545 / 525_600.0, chain.left().years(), 1e-12);
    assertEquals(24321.5268126643, chain.forward().value(), 1e-9);
    ChainFigures figures = chain.figures();
    assertEquals(2, figures.ratios().openInterest());
    assertEquals(24400, figures.pain().strike());
  }

  @Test
  void theTableHasALineForEachOption() throws IOException {
    StringWriter text = new StringWriter();
    new ChainTable().writeOptions(read(PAIR), new PrintWriter(text));
    List<String> lines = text.toString().lines().toList();
    assertEquals(3, lines.size());
    assertEquals(ChainTable.HEADER, lines.getFirst());
    assertTrue(lines.get(1).startsWith("24400,call,152.3,152.4,152.35,152.35"), lines.get(1));
    assertTrue(lines.get(1).endsWith(",75,750,150,LB,"), lines.get(1));
    for (String line : lines) {
      assertEquals(25, line.split(",", -1).length, line);
    }
  }

  @Test
  void theFiguresAreALineEach() throws IOException {
    StringWriter text = new StringWriter();
    new ChainTable().writeFigures(read(PAIR), new PrintWriter(text));
    assertTrue(text.toString().contains("\npcr_oi,2.0\n"), text::toString);
    assertTrue(text.toString().contains("\npcr_volume,0.0\n"), text::toString);
  }

  @Test
  void whatIsNoChainIsNamed() {
    assertProblem("the input is no JSON", "x");
    assertProblem("the answer has no object 'oc'", "{\"data\":{}}");
    assertProblem("no options with figures", "{\"oc\":{}}");
  }

  private static void assertProblem(String message, String json) {
    CsvProblem problem = assertThrows(CsvProblem.class, () -> read(json));
    assertTrue(String.valueOf(problem.getMessage()).contains(message), problem::getMessage);
  }

  @Test
  void bothOptionsOfAStrikeHaveItsVolatility() throws IOException {
    OptionChain chain = read(PAIR);
    assertNull(chain.strikes().getFirst().volatility().why());
    assertEquals(0.1624, chain.strikes().getFirst().volatility().value(), 0.0005);
  }
}
