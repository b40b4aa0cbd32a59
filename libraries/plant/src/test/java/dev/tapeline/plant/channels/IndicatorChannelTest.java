package dev.tapeline.plant.channels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.study.IndicatorRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorChannelTest {

  private static IndicatorRequest request(String channel) {
    return IndicatorChannel.of(channel).orElseThrow().request();
  }

  @Test
  void theNameSaysWhatIsAskedFor() {
    assertEquals(IndicatorRequest.COMMON, request("indicators:NIFTY"));
    assertEquals(
        new IndicatorRequest("5m", Frame.parse("5m"), IndicatorSpec.DEFAULT),
        request("indicators:NIFTY:5m"));
    assertEquals(
        new IndicatorRequest(
            "1h:rsi+bb-20-2.5", Frame.parse("1h"), IndicatorSpec.parse("rsi,bb-20-2.5")),
        request("indicators:NIFTY:1h:rsi+bb-20-2.5"));
    assertEquals(
        Optional.of("NIFTY"),
        IndicatorChannel.of("indicators:NIFTY:x").map(IndicatorChannel::symbol));
  }

  @Test
  void theNameOfAChannelIsMadeOfItsParts() {
    IndicatorChannel parts = IndicatorChannel.of("indicators:NIFTY:5m:rsi").orElseThrow();
    assertEquals("indicators:NIFTY:5m:rsi", Channels.indicators(parts.symbol(), parts.name()));
    assertEquals(
        Optional.of(new IndicatorChannel("NIFTY", "")),
        IndicatorChannel.of(Channels.indicators("NIFTY")));
  }

  @Test
  void otherChannelsAreNone() {
    assertEquals(Optional.empty(), IndicatorChannel.of("indicators:"));
    assertEquals(Optional.empty(), IndicatorChannel.of("indicators::1m:rsi"));
    assertEquals(Optional.empty(), IndicatorChannel.of("candles:NIFTY:1m"));
    assertEquals(Optional.empty(), IndicatorChannel.problem("candles:NIFTY:7x"));
    assertEquals(Optional.empty(), IndicatorChannel.problem("indicators:NIFTY:15m:rsi-14+ema-20"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          indicators:X:7x:rsi   | no frame: '7x'; use a number and s, m, h, d, w or M, as in 5m or 1d
          indicators:X:rsi      | no frame: 'rsi'; use a number and s, m, h, d, w or M, as in 5m or 1d
          indicators:X:1m:      | no indicators; name some, as in rsi-14+macd-12-26-9
          indicators:X:1m:rsi-0 | length 1 of rsi is 0; it must be a whole number from 1 to 500
          """)
  void aBadNameIsToldWithTheRemedy(String channel, String problem) {
    assertEquals(Optional.of(problem), IndicatorChannel.problem(channel));
  }
}
