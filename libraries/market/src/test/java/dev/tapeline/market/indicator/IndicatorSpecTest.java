package dev.tapeline.market.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts that name indicators. */
class IndicatorSpecTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rsi                | rsi-14
          rsi-14+macd        | rsi-14+macd-12-26-9
          rsi-14,macd-5-35-5 | rsi-14+macd-5-35-5
          macd-5-35          | macd-5-35-9
          bb-20-2.50         | bb-20-2.5
          bb-100             | bb-100-2
          ema-020 , ema-50   | ema-20+ema-50
          vwap+obv+pivots    | vwap-1+obv+pivots
          supertrend+ichimoku| supertrend-10-3+ichimoku-9-26-52
          """)
  void numbersThatAreLeftOutAreTheUsualOnes(String text, String canonical) {
    assertEquals(canonical, IndicatorSpec.parse(text).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""           | no indicators; name some, as in rsi-14+macd-12-26-9
          foo-14       | no indicator: 'foo'; use rsi, macd, ema, sma, wma, atr, bb, vwap, stoch, adx, \
          supertrend, ichimoku, cci, obv, pivots
          rsi-14+      | no indicator: ''; use rsi, macd, ema, sma, wma, atr, bb, vwap, stoch, adx, \
          supertrend, ichimoku, cci, obv, pivots
          rsi-14-2     | 'rsi-14-2' has 2 numbers; write at most 1, as in rsi-14
          rsi-x        | 'x' in 'rsi-x' is no number; use digits, as in rsi-14 or bb-20-2.5
          rsi-0        | length 1 of rsi is 0; it must be a whole number from 1 to 500
          stoch-14-501 | length 2 of stoch is 501; it must be a whole number from 1 to 500
          ema-2.5      | length 1 of ema is 2.5; it must be a whole number from 1 to 500
          bb-20-0      | the factor of bb is 0; it must be above 0 and at most 100, with at most 2 places
          macd-26-12-9 | the first length of macd, 26, must be below the second, 12
          rsi+rsi-14   | 'rsi-14' is there twice; name it once
          """)
  void aBadTextIsRefusedWithItsValueAndTheRemedy(String text, String problem) {
    assertEquals(
        problem,
        assertThrows(IllegalArgumentException.class, () -> IndicatorSpec.parse(text)).getMessage());
  }

  @Test
  void thereAreNotTooMany() {
    String many =
        IntStream.rangeClosed(1, 17).mapToObj(n -> "sma-" + n).collect(Collectors.joining("+"));
    assertEquals(
        "over 16 indicators; share them among several",
        assertThrows(IllegalArgumentException.class, () -> IndicatorSpec.parse(many)).getMessage());
  }

  @Test
  void valuesAreCalledAsTheirIndicator() {
    assertEquals(
        List.of(
            "rsi-14", "macd-12-26-9", "macd-12-26-9.signal", "macd-12-26-9.histogram", "ema-20"),
        IndicatorSpec.parse("rsi,macd,ema").values());
  }

  @ParameterizedTest
  @CsvSource({"sma-20, 250", "ema-100, 800", "rsi-14, 250", "rsi-20, 300", "adx-400, 2000"})
  void asManyBarsAreUsedAsSettleTheValues(String text, int bars) {
    assertEquals(bars, IndicatorSpec.parse(text).bars());
  }

  @Provide
  Arbitrary<IndicatorSpec> specs() {
    Arbitrary<IndicatorTerm> term =
        Arbitraries.of(IndicatorKind.values())
            .flatMap(kind ->
                Arbitraries.integers()
                    .between(1, 90)
                    .map(first -> kind.text() + (kind.usualNumbers().isEmpty() ? "" : "-" + first)))
            .filter(text -> !text.startsWith("macd") || Integer.parseInt(text.substring(5)) < 26)
            .map(IndicatorTerm::parse);
    return term.list().uniqueElements().ofMinSize(1).ofMaxSize(16).map(IndicatorSpec::new);
  }

  @Property(tries = 300)
  void theTextOfASpecReadsAsTheSame(@ForAll("specs") IndicatorSpec spec) {
    assertEquals(spec, IndicatorSpec.parse(spec.toString()));
    assertEquals(spec, IndicatorSpec.parse(spec.toString().replace('+', ',')));
  }
}
