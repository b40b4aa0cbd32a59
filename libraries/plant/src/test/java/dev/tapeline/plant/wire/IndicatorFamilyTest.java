package dev.tapeline.plant.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Publication;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.indicator.BarValues;
import dev.tapeline.market.indicator.IndicatorSet;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.Readings;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndicatorFamilyTest {

  private static final Instrument NIFTY =
      new Instrument.Index(
          new Reference("NIFTY", "IDX_I", "13", "Nifty 50", new BigDecimal("0.05")));

  private final PayloadWriter writer = new PayloadWriter("dhan");
  private final Batch batch = new Batch();

  private List<String> told(String spec, MarketEvent.IndicatorsChanged.Point point, int bars) {
    IndicatorSpec parsed = IndicatorSpec.parse(spec);
    IndicatorSet set = new IndicatorSet(parsed);
    Readings readings = new Readings(parsed);
    for (int i = 0; i < bars; i++) {
      set.update(new BarValues().prices(100, 101 + i, 99, 100 + i), readings);
    }
    MarketEvent event = new MarketEvent.IndicatorsChanged(NIFTY, new Times(5, 6), point, readings);
    new IndicatorFamily(writer).onEvent(event, new InstrumentChannels(NIFTY), batch);
    return batch.takePublications().stream().map(IndicatorFamilyTest::text).toList();
  }

  private static String text(Publication publication) {
    return publication.channel() + " " + new String(publication.payload(), StandardCharsets.UTF_8);
  }

  private static MarketEvent.IndicatorsChanged.Point point(
      String name, boolean closed, int revision) {
    return new MarketEvent.IndicatorsChanged.Point(
        name, Frame.MINUTE, 1_764_560_700_000L, closed, revision);
  }

  @Test
  void valuesThatAreNotDefinedAreLeftOut() {
    assertEquals(
        List.of(
            "indicators:NIFTY {\"symbol\":\"NIFTY\",\"tf\":\"1m\",\"t\":1764560700000,"
                + "\"closed\":false,\"bars\":2,\"sma\":100.5,"
                + "\"ichimoku\":{\"conversion\":100.5},\"source\":\"dhan\"}"),
        told("sma-2+rsi+macd+ichimoku-2+vwap", point("", false, 0), 2));
  }

  @Test
  void anAmendedValueHasARevisionAndASimulatedOneSaysSo() {
    writer.mark(true);
    assertEquals(
        List.of(
            "indicators:NIFTY:1m:sma-1+sma-2+bb-2 {\"symbol\":\"NIFTY\",\"tf\":\"1m\","
                + "\"t\":1764560700000,\"closed\":true,\"bars\":3,\"rev\":2,\"sma-1\":102,"
                + "\"sma-2\":101.5,\"bb-2-2\":{\"middle\":101.5,\"upper\":102.5,\"lower\":100.5,"
                + "\"percentB\":0.75,\"width\":0.019704433497536946},\"source\":\"dhan\","
                + "\"simulated\":true}"),
        told("sma-1+sma-2+bb-2", point("1m:sma-1+sma-2+bb-2", true, 2), 3));
  }
}
