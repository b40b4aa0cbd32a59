package dev.tapeline.plant.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.market.Market;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarCounts;
import dev.tapeline.market.bar.study.BarDemand;
import dev.tapeline.market.bar.study.BarRules;
import dev.tapeline.market.bar.study.BarSessions;
import dev.tapeline.market.bar.study.BarStudy;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is published and cached of bars, of markets that never close. */
class CandleFamilyTest {

  private static final Instrument PAIR = Instrument.binance("BTCUSDT");
  private static final Instrument INDEX =
      new Instrument.Index(new Reference("NIFTY", "IDX_I", "13", "Nifty 50", BigDecimal.ZERO));
  private static final long MINUTE = 1_796_900_040_000L;
  private static final String CHANNEL = "candles:BTCUSDT:1m";

  private final EmbeddedBus bus = new EmbeddedBus(1_000);
  private final EmbeddedCache cache = new EmbeddedCache(1 << 20, () -> 0);
  private final Published published = Published.on(bus);
  private final Set<String> wanted = new HashSet<>();
  private final AtomicBoolean simulated = new AtomicBoolean();
  private final Market market = market();

  /** Wants minutes of all. */
  private static final class Minutes implements BarDemand {

    @Override
    public WishNews news() {
      return WishNews.NEVER;
    }

    @Override
    public List<Frame> frames(String symbol) {
      return List.of(Frame.MINUTE);
    }
  }

  private Market market() {
    MarketPublisher.Settings settings =
        MarketPublisher.Settings.of("binance", _ -> simulated.get(), true).with(wanted::contains);
    BarSessions sessions = new BarSessions(new TradingCalendar(List.of()), _ -> true, _ -> false);
    return Market.of(
        new MarketPublisher(Carrier.of(bus), cache, settings, () -> MINUTE),
        BarStudy.of(BarRules.of(List.of(Frame.MINUTE)), sessions, new Minutes(), new BarCounts()));
  }

  private void trade(long time, String price, String quantity) {
    market.onTick(
        new Tick.Trade(
            PAIR,
            new Times(time, time),
            1,
            new BigDecimal(price),
            new BigDecimal(quantity),
            null,
            null));
    market.onFrameEnd();
    market.onBatchEnd();
  }

  private void time(long time) {
    market.onTime(time);
    market.onBatchEnd();
  }

  @Test
  void aFormingBarIsPublishedWhileItIsWantedAndAClosedOneAlways() {
    time(MINUTE - 1_000);
    trade(MINUTE - 900, "61000.00", "1.0");
    time(MINUTE + 500);
    trade(MINUTE + 500, "61837.60", "0.50000000");
    time(MINUTE + 1_000);
    assertEquals(1, published.on(CHANNEL).size());
    wanted.add(CHANNEL);
    trade(MINUTE + 1_100, "61837.70", "0.25");
    time(MINUTE + 1_500);
    time(MINUTE + 60_500);
    String forming =
        "{\"symbol\":\"BTCUSDT\",\"tf\":\"1m\",\"t\":%d,\"o\":61837.6,\"h\":61837.7,\"l\":61837.6,"
            + "\"c\":61837.7,\"v\":0.75,\"n\":2,\"closed\":%s,\"source\":\"binance\"}";
    List<String> all = published.on(CHANNEL);
    assertEquals(
        List.of(forming.formatted(MINUTE, "false"), forming.formatted(MINUTE, "true")),
        all.subList(1, all.size()));
    assertEquals(
        Map.of("candle:BTCUSDT:1m:" + MINUTE, forming.formatted(MINUTE, "true")),
        cache.getAll(List.of("candle:BTCUSDT:1m:" + MINUTE)).toCompletableFuture().join());
  }

  @Test
  void aPartialBarAndAnAmendedOneSaySo() {
    time(MINUTE + 30_000);
    trade(MINUTE + 30_000, "5", "1");
    time(MINUTE + 60_500);
    trade(MINUTE + 20_000, "6", "1");
    time(MINUTE + 61_000);
    assertEquals(
        List.of(
            "\"o\":5,\"h\":5,\"l\":5,\"c\":5,\"v\":1,\"n\":1,\"closed\":true,\"partial\":true",
            "\"o\":6,\"h\":6,\"l\":5,\"c\":5,\"v\":2,\"n\":2,\"closed\":true,\"rev\":1,"
                + "\"partial\":true"),
        published.on(CHANNEL).stream()
            .map(text -> text.substring(text.indexOf("\"o\""), text.indexOf(",\"source\"")))
            .toList());
  }

  @Test
  void theBarOfAnIndexHasNoVolumeAndASimulatedOneSaysSo() {
    simulated.set(true);
    market.onTick(
        new Tick.IndexValue(INDEX, new Times(MINUTE, MINUTE), new BigDecimal("24000.05")));
    time(MINUTE + 61_000);
    String bar = published.on("candles:NIFTY:1m").getFirst();
    assertFalse(bar.contains("\"v\""), bar);
    assertEquals(
        "\"source\":\"binance\",\"simulated\":true}", bar.substring(bar.indexOf("\"source\"")));
  }

  @Test
  void aBarComesBehindTheTradeThatChangesIt() {
    trade(MINUTE + 1, "5", "1");
    trade(MINUTE + 60_001, "6", "1");
    List<String> order =
        published.channels().stream()
            .filter(name -> name.startsWith("trade@") || name.startsWith("candles:"))
            .toList();
    assertEquals(List.of("trade@BTCUSDT", "trade@BTCUSDT", CHANNEL), order);
  }
}
