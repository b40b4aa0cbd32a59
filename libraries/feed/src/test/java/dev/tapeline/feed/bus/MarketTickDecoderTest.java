package dev.tapeline.feed.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.FailingListener;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.BestPrice;
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

class MarketTickDecoderTest {

  private static final Instrument SHARE =
      new Instrument.Share(new Reference("ABC", "NSE_EQ", "7", "ABC", BigDecimal.ZERO));
  private static final Instrument INDEX =
      new Instrument.Index(new Reference("IDX", "IDX_I", "1", "IDX", BigDecimal.ZERO));

  private final TickBuffer ticks = new TickBuffer();
  private final MarketTickDecoder decoder =
      new MarketTickDecoder((symbol, _, _) ->
          switch (symbol) {
            case "ABC" -> SHARE;
            case "IDX" -> INDEX;
            default -> null;
          });

  private Decoded decode(String symbol, String json) {
    ticks.clear();
    return decoder.decode(symbol, json.getBytes(StandardCharsets.UTF_8), 77, ticks);
  }

  private List<Tick> ticks(String symbol, String json) {
    assertInstanceOf(Decoded.Read.class, decode(symbol, json));
    return ticks.ticks();
  }

  private static BestPrice price(String text) {
    return new BestPrice(of(text), null);
  }

  private static BigDecimal of(String text) {
    return new BigDecimal(text);
  }

  @Test
  void allThatIsToldBecomesTicks() {
    Times times = new Times(1_700_000_000_123L, 77);
    assertEquals(
        List.of(
            new Tick.DayStats(
                SHARE, times, of("9"), of("12"), of("8.50"), of("100"), of("10.1"), of("11")),
            new Tick.Trade(SHARE, times, Tick.NO_ID, of("10.20"), of("5"), null, null),
            new Tick.Quote(SHARE, times, 0, price("10.15"), price("10.25"))),
        ticks(
            "ABC",
            "{\"symbol\":\"ABC\",\"ltp\":10.20,\"ltq\":5,\"volume\":100,\"averagePrice\":10.1,"
                + "\"bid\":10.15,\"ask\":10.25,\"open\":9,\"high\":12,\"low\":8.50,"
                + "\"prevClose\":11,\"exchangeTime\":1700000000123,\"other\":{\"x\":[1]}}"));
  }

  @Test
  void openInterestIsATickOfItsOwn() {
    assertEquals(
        List.of(new Tick.OpenInterest(SHARE, new Times(0, 77), of("1200"), null, null, null)),
        ticks("ABC", "{\"oi\":1200}"));
  }

  @Test
  void onlyANewPriceQuantityOrTimeIsATrade() {
    String first = "{\"ltp\":10,\"bid\":9}";
    assertEquals(2, ticks("ABC", first).size());
    assertInstanceOf(Tick.Quote.class, ticks("ABC", "{\"ltp\":10,\"bid\":8}").getFirst());
    assertEquals(1, ticks("ABC", "{\"ltp\":10,\"timestamp\":1700000001}").size());
    assertEquals(1, ticks("ABC", "{\"ltp\":10,\"ltq\":2,\"timestamp\":1700000001}").size());
  }

  @Test
  void aSideWithoutAPriceIsAbsent() {
    assertEquals(
        List.of(new Tick.Quote(SHARE, new Times(0, 77), 0, null, price("10"))),
        ticks("ABC", "{\"ask\":10}"));
  }

  @Test
  void anIndexHasValues() {
    assertEquals(
        List.of(new Tick.IndexValue(INDEX, new Times(0, 77), of("24000.5"))),
        ticks("IDX", "{\"last_price\":\"24000.5\"}"));
  }

  @Test
  void symbolsOfOtherSourcesAreIgnored() {
    assertEquals(Decoded.IGNORED, decode("XYZ", "{\"ltp\":10}"));
    assertInstanceOf(Decoded.Read.class, decode("ABC", "{\"ltp\":10,\"source\":\"kite\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1700000000123 | 1700000000123",
        "1700000000 | 1700000000000",
        "1700000000.25 | 1700000000250",
        "\"2023-11-14T22:13:20.123Z\" | 1700000000123",
        "\"2023-11-15T03:43:20+05:30\" | 1700000000000",
      })
  void timesAreReadInEachForm(String written, long millis) {
    Tick tick = ticks("ABC", "{\"ltp\":1,\"timestamp\":%s}".formatted(written)).getFirst();
    assertEquals(millis, tick.times().exchange());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | not a JSON object",
        "{} | neither ltp nor bid nor ask nor oi",
        "{\"ltp\":true} | ltp is not a number",
        "{\"ltp\":\"ten\"} | not a number: ten",
        "{\"ltp\":1,\"timestamp\":\"yesterday\"} | timestamp is no time with an offset",
        "{\"ltp\":1,\"timestamp\":-5} | timestamp is no time",
        "{\"ltp\":1,\"exchangeTime\":\"0001-01-01T00:00:00Z\"} | exchangeTime is no time: 0001-",
        "{\"ltp\":1,\"timestamp\":\"1969-12-31T23:59:59+00:00\"} | timestamp is no time: 1969",
        "{\"ltp\":1,\"timestamp\":\"+99999999-01-01T00:00:00Z\"} | timestamp is no time: +9",
        "{\"ltp\":4,\"ltq\":-3,\"high\":9999} | negative ltq -3",
        "{\"ltp\":4,\"high\":9,\"volume\":-2} | negative volume -2",
        "{\"high\":9,\"ltp\":\"x\"} | not a number: x",
        "{\"ltp\":1,\"simulated\":\"yes\"} | simulated is neither true nor false",
        "{\"ltp\":1} x | not valid JSON",
        "{\"ltp\":1 | not valid JSON",
      })
  void whatIsNoTickIsBad(String json, String reason) {
    String actual = assertInstanceOf(Decoded.Bad.class, decode("ABC", json)).reason();
    assertTrue(actual.contains(reason), actual);
    assertEquals(List.of(), ticks.ticks());
  }

  @Test
  void whatABadPayloadHoldsIsForgotten() {
    assertInstanceOf(Decoded.Bad.class, decode("ABC", "{\"ltp\":4,\"ltq\":-3,\"high\":9999}"));
    assertEquals(
        List.of(new Tick.Trade(SHARE, new Times(0, 77), Tick.NO_ID, of("4"), null, null, null)),
        ticks("ABC", "{\"ltp\":4}"));
  }

  @Test
  void whatTheListenerThrowsIsNoFaultOfThePublisher() {
    byte[] payload = "{\"ltp\":4}".getBytes(StandardCharsets.UTF_8);
    assertThrows(
        IllegalArgumentException.class,
        () -> decoder.decode("ABC", payload, 77, new FailingListener()));
  }

  @Property(tries = 2000)
  void damagedPayloadsAreNeverAnException(@ForAll @IntRange(max = 200) int at, @ForAll byte with) {
    byte[] payload =
        "{\"symbol\":\"ABC\",\"ltp\":10.20,\"timestamp\":1700000000123,\"bid\":1}"
            .getBytes(StandardCharsets.UTF_8);
    payload[at % payload.length] = with;
    assertNotNull(decoder.decode("ABC", payload, 1, ticks));
  }
}
