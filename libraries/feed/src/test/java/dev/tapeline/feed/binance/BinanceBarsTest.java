package dev.tapeline.feed.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.ScriptedCalls;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bars of Binance's klines. */
class BinanceBarsTest {

  private static final long T = 1_796_874_300_000L;
  private static final long MINUTE = 60_000;
  private static final Instrument BITCOIN = Instrument.binance("BTCUSDT");

  private final ScriptedCalls calls = new ScriptedCalls();
  private final BinanceBars bars = new BinanceBars(BinanceOptions.DEFAULT, calls);

  private static String row(long time) {
    return ("[%d,\"97000.10000000\",\"97001.00000000\",\"96999.90000000\",\"97000.50000000\","
            + "\"12.34567890\",%d,\"1197530.1\",412,\"6.1\",\"591700.0\",\"0\"]")
        .formatted(time, time + MINUTE - 1);
  }

  private List<Bar> read(long from, long to) throws InterruptedException {
    return bars.read(BITCOIN, Frame.MINUTE, from, to);
  }

  @Test
  void decimalsAndCountsAreThoseOfTheExchange() throws Exception {
    calls.answer(200, "[%s,%s,%s]".formatted(row(T), row(T + MINUTE), row(T + 2 * MINUTE)));
    List<Bar> read = read(T, T + 2 * MINUTE);
    assertEquals(
        new Bar(
            Frame.MINUTE,
            T,
            new Ohlc(
                new BigDecimal("97000.10000000"),
                new BigDecimal("97001.00000000"),
                new BigDecimal("96999.90000000"),
                new BigDecimal("97000.50000000")),
            new BigDecimal("12.34567890"),
            412,
            Bar.State.CLOSED),
        read.getFirst());
    assertEquals(2, read.size(), "the third one was not asked for");
    String uri = calls.calls().getFirst().address().get().uri().toString();
    String query =
        "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=%d&endTime=%d&limit=1000"
            .formatted(T, T + 2 * MINUTE - 1);
    assertTrue(uri.endsWith(query), uri);
    assertEquals(2, calls.calls().getFirst().costs().getFirst().weight());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          429 | {"code":-1003}           | true
          418 | {"code":-1003}           | true
          500 | oops                     | false
          400 | {"code":-1121}           | false
          200 | [[1796874300000,"97000.1 | false
          200 | {"code":0}               | false
          200 | [[1796874300000,"x","1","1","1","1",1,"1",1]] | false
          200 | [[1796874300000,"1"]]    | false
          """)
  void failuresAreToldAndTooManyCallsRest(int status, String body, boolean rests) {
    calls.answer(status, body);
    assertThrows(FeedException.class, () -> read(T, T + MINUTE));
    assertEquals(rests ? List.of(BinanceCalls.WEIGHT) : List.of(), calls.rested());
  }

  @Test
  void silenceIsAFailure() {
    FeedException failure = assertThrows(FeedException.class, () -> read(T, T + MINUTE));
    assertEquals("nobody answers", failure.getMessage());
  }
}
