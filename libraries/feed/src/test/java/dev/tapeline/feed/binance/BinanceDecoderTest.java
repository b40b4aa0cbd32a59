package dev.tapeline.feed.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.FailingListener;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceDecoderTest {

  private static final Instrument BTC = Instrument.binance("BTCUSDT");
  private static final String TRADE =
      "{\"e\":\"trade\",\"E\":1723161255343,\"s\":\"BTCUSDT\",\"t\":3735683259,"
          + "\"p\":\"61837.63000000\",\"q\":\"0.02000000\",\"T\":1723161255342,"
          + "\"m\":true,\"M\":true}";
  private static final String DEPTH =
      "{\"e\":\"depthUpdate\",\"E\":1723161255308,\"s\":\"BTCUSDT\",\"U\":50,\"u\":57,"
          + "\"b\":[[\"55653.87000000\",\"0.00000000\"]],"
          + "\"a\":[[\"61838.04000000\",\"0.32332000\"],[\"61844.30000000\",\"0.40163000\"]]}";

  private final TickBuffer ticks = new TickBuffer();
  private final BinanceDecoder decoder = new BinanceDecoder(Instrument::binance);

  @Test
  void aTradeKeepsItsZerosAndItsOwnBytes() {
    Tick.Trade trade = (Tick.Trade) tick(enveloped("btcusdt@trade", TRADE));
    assertEquals(BTC, trade.instrument());
    assertEquals(new Times(1723161255342L, 77), trade.times());
    assertEquals(3735683259L, trade.id());
    assertEquals(new BigDecimal("61837.63000000"), trade.price());
    assertEquals(new BigDecimal("0.02000000"), trade.quantity());
    assertEquals(Side.SELL, trade.aggressor());
    assertEquals(TRADE, String.valueOf(trade.raw()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", " %s\n", "{\"data\":%s,\"stream\":\"x\"}", "{ \"data\" : %s }"})
  void theOwnBytesAreFoundInAnyEnvelope(String envelope) {
    Tick.Trade trade = (Tick.Trade) tick(envelope.formatted(TRADE));
    assertEquals(TRADE, String.valueOf(trade.raw()));
  }

  @Test
  void whatTheListenerThrowsIsNoFaultOfTheFrame() {
    byte[] frame = TRADE.getBytes(StandardCharsets.UTF_8);
    assertThrows(
        IllegalArgumentException.class,
        () -> decoder.decode(frame, 0, frame.length, 77, new FailingListener()));
  }

  @Test
  void aTimeOfMoreDigitsThanALogTakesIsBad() {
    String frame = TRADE.replace("\"T\":1723161255342", "\"T\":9223372036854775807");
    String reason = assertInstanceOf(Decoded.Bad.class, decode(frame)).reason();
    assertEquals("no time in milliseconds since 1970: 9223372036854775807", reason);
  }

  @Test
  void aChangeOfTheBook() {
    Tick.Depth depth = (Tick.Depth) tick(enveloped("btcusdt@depth@100ms", DEPTH));
    assertEquals(List.of(50L, 57L), List.of(depth.firstId(), depth.lastId()));
    assertEquals(List.of(Level.of("55653.87000000", "0.00000000")), depth.bids());
    assertEquals(
        List.of(Level.of("61838.04000000", "0.32332000"), Level.of("61844.30000000", "0.40163000")),
        depth.asks());
    assertEquals(false, depth.snapshot());
    assertEquals(DEPTH, String.valueOf(depth.raw()));
    assertEquals(new Decoded.Read("depthUpdate"), decode(DEPTH));
  }

  @Test
  void aQuoteHasNoEvent() {
    Tick quote =
        tick("{\"u\":9,\"s\":\"BTCUSDT\",\"b\":\"1.50\",\"B\":\"3\",\"a\":\"1.60\",\"A\":\"4\"}");
    assertEquals(
        new Tick.Quote(
            BTC,
            new Times(0, 77),
            9,
            BestPrice.of(Level.of("1.50", "3")),
            BestPrice.of(Level.of("1.60", "4"))),
        quote);
  }

  @Test
  void aRestAnswerBelongsToTheOnlySymbol() {
    assertBad("does not name its symbol", "{\"lastUpdateId\":5,\"bids\":[],\"asks\":[]}");
    tick(TRADE);
    Tick.Depth book =
        (Tick.Depth) tick("{\"lastUpdateId\":5,\"bids\":[[\"1\",\"2\"]],\"asks\":[]}");
    assertEquals(BTC, book.instrument());
    assertTrue(book.snapshot());
    assertEquals(5, book.lastId());
    assertEquals(List.of(Level.of("1", "2")), book.bids());
    tick(TRADE.replace("BTCUSDT", "ETHUSDT"));
    assertBad("does not name its symbol", "{\"lastUpdateId\":5,\"bids\":[],\"asks\":[]}");
  }

  @Test
  void theSimpleFormOfOtherExchanges() {
    Tick.Depth depth =
        (Tick.Depth)
            tick(
                enveloped(
                    "depth@TATA_INR",
                    "{\"e\":\"depth\",\"a\":[[\"1001.00\",\"50\"]],\"b\":[[1000.5,0]],\"id\":7}"));
    assertEquals("TATA_INR", depth.instrument().symbol());
    assertEquals(List.of(Level.of("1000.5", "0")), depth.bids());
    assertEquals(0, depth.lastId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\":null,\"id\":1}",
        "{\"e\":\"24hrTicker\",\"s\":\"BTCUSDT\",\"p\":\"-1.5\"}",
        "{\"stream\":\"x\",\"data\":[1,2]}",
        "{}"
      })
  void whatIsNotMarketDataIsIgnored(String json) {
    assertEquals(Decoded.IGNORED, decode(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not valid JSON | {\"e\":\"trade\"",
        "not valid JSON | nonsense",
        "not a JSON object | [1]",
        "not a JSON object | 5",
        "more after | {} {}",
        "trade without t | {\"e\":\"trade\",\"s\":\"A\",\"p\":\"1\",\"q\":\"1\"}",
        "trade without p | {\"e\":\"trade\",\"s\":\"A\",\"t\":1,\"q\":\"1\"}",
        "not a number | {\"e\":\"trade\",\"s\":\"A\",\"t\":1,\"p\":\"x\",\"q\":\"1\"}",
        "p is not a decimal | {\"e\":\"trade\",\"s\":\"A\",\"t\":1,\"p\":{},\"q\":\"1\"}",
        "t is not a whole | {\"e\":\"trade\",\"s\":\"A\",\"t\":\"1\",\"p\":\"1\",\"q\":\"1\"}",
        "does not name its symbol | {\"e\":\"trade\",\"t\":1,\"p\":\"1\",\"q\":\"1\"}",
        "not a symbol | {\"e\":\"trade\",\"s\":\"A*\",\"t\":1,\"p\":\"1\",\"q\":\"1\"}",
        "negative quantity | {\"e\":\"depth\",\"s\":\"A\",\"b\":[[\"1\",\"-1\"]],\"a\":[]}",
        "more than two | {\"e\":\"depth\",\"s\":\"A\",\"b\":[[\"1\",\"1\",\"1\"]],\"a\":[]}",
        "quantity is not | {\"e\":\"depth\",\"s\":\"A\",\"b\":[[\"1\"]],\"a\":[]}",
        "not an array | {\"e\":\"depth\",\"s\":\"A\",\"b\":[1],\"a\":[]}",
        "update ids 9 to 3 | {\"e\":\"depthUpdate\",\"s\":\"A\",\"U\":9,\"u\":3}",
      })
  void badFramesSayWhatIsWrong(String reason, String json) {
    assertBad(reason, json);
  }

  @Test
  void aReasonIsNotAsLongAsItsCause() {
    assertTrue(assertBad("", "{\"e\":" + "x".repeat(10_000)).length() <= 200);
  }

  /** A damaged frame gives a result, never an exception, and the next frame is decoded as usual. */
  @Property(tries = 2000)
  void damagedFramesAreNeverAnException(
      @ForAll @IntRange(max = 400) int at, @ForAll byte replacement, @ForAll boolean cut) {
    byte[] frame = enveloped("btcusdt@depth", DEPTH).getBytes(StandardCharsets.UTF_8);
    int place = at % frame.length;
    frame[place] = replacement;
    int length = cut ? place : frame.length;
    assertNotNull(decoder.decode(frame, 0, length, 1, ticks));
    assertInstanceOf(Decoded.Read.class, decode(TRADE));
  }

  private String assertBad(String reason, String json) {
    String actual = assertInstanceOf(Decoded.Bad.class, decode(json)).reason();
    assertTrue(actual.contains(reason), actual);
    return actual;
  }

  private Tick tick(String json) {
    assertInstanceOf(Decoded.Read.class, decode(json));
    assertEquals(1, ticks.ticks().size());
    return ticks.ticks().getFirst();
  }

  /** Decodes from the middle of a buffer, as a line of a recording is. */
  private Decoded decode(String json) {
    byte[] bytes = ("1723161254087896568 " + json + "#").getBytes(StandardCharsets.UTF_8);
    ticks.clear();
    return decoder.decode(bytes, 20, bytes.length - 21, 77, ticks);
  }

  private static String enveloped(String stream, String data) {
    return "{\"stream\":\"%s\",\"data\":%s}".formatted(stream, data);
  }
}
