package dev.tapeline.plant.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.market.Market;
import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.chain.study.ChainCounters;
import dev.tapeline.market.chain.study.ChainDemand;
import dev.tapeline.market.chain.study.ChainStudy;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.session.ExchangeRules;
import dev.tapeline.market.session.ExpiryTimes;
import dev.tapeline.market.session.TimeOfDay;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is published and cached of an option chain of a venue that never closes. */
class ChainFamilyTest {

  private static final long BEGIN = 1_796_900_000_000L; // 2026-12-10T12:53:20Z
  private static final String LIST = "option-chain:SOL_USDC:2026-12-25";
  private static final String ROWS = "chain:SOL_USDC:2026-12-25";
  private static final String STATE = "tapeline:chain-state:SOL_USDC:2026-12-25";
  private static final JsonMapper JSON = new JsonMapper();

  private final EmbeddedBus bus = new EmbeddedBus(1_000);
  private final EmbeddedCache cache = new EmbeddedCache(1 << 20, () -> 0);
  private final Published published = Published.on(bus);
  private final Set<String> wanted = new HashSet<>(Set.of(LIST, ROWS));
  private final List<Snapshot> snapshots = new ArrayList<>();
  private final Market market = market();
  private long now = BEGIN;

  private record Snapshot(ChainKey chain, long time, String json) {}

  private Market market() {
    TradingCalendar calendar =
        new TradingCalendar(
            List.of(
                new ExchangeRules.RoundTheClock(
                    "DERIBIT", new ExpiryTimes(TimeOfDay.parse("08:00"), null, null))));
    MarketPublisher.Settings settings =
        MarketPublisher.Settings.of("deribit", _ -> false, true)
            .with(
                wanted::contains,
                (chain, time, json) ->
                    snapshots.add(
                        new Snapshot(chain, time, new String(json, StandardCharsets.US_ASCII))));
    return Market.of(
        new MarketPublisher(Carrier.of(bus), cache, settings, () -> now),
        new ChainStudy(
            new ChainStudy.Parts(
                calendar,
                ChainConvention.DEFAULT,
                ChainLimits.DEFAULT,
                ChainDemand.ALL,
                new ChainCounters())));
  }

  private static Instrument.Option option(String strike, Right right) {
    String symbol = "SOL_USDC-25DEC26-%s-%s".formatted(strike, right == Right.CALL ? "C" : "P");
    return new Instrument.Option(
        new Reference(symbol, "DERIBIT", symbol, symbol, BigDecimal.ZERO),
        "SOL_USDC",
        LocalDate.of(2026, 12, 25),
        new BigDecimal(strike),
        right,
        BigDecimal.TEN);
  }

  private void quote(String strike, Right right, String bid, String ask) {
    market.onTick(
        new Tick.Quote(
            option(strike, right),
            new Times(now, now),
            1,
            new BestPrice(new BigDecimal(bid), new BigDecimal("5.0")),
            new BestPrice(new BigDecimal(ask), null)));
  }

  private void quotes() {
    quote("100", Right.CALL, "7.90", "8.10");
    quote("100", Right.PUT, "5.9", "6.1");
    quote("110", Right.CALL, "4.0", "4.2");
    market.onFrameEnd();
  }

  private void pass(long millis) {
    now += millis;
    market.onTime(now);
    market.onBatchEnd();
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  @Test
  void bothChannelsHaveTheSameNumbers() {
    quotes();
    pass(100);
    assertEquals(1, published.on(LIST).size());
    assertEquals(1, published.on(ROWS).size());
    JsonNode list = json(published.on(LIST).getFirst());
    JsonNode rows = json(published.on(ROWS).getFirst());
    assertEquals(list.at("/strikes/0"), rows.at("/strikes/100"));
    assertEquals(list.at("/strikes/1"), rows.at("/strikes/110"));
    assertEquals(2, rows.path("strikes").size());
    assertEquals(list.path("forward"), rows.path("forward"));
    assertEquals(
        published.on(LIST).getFirst().split(",\"strikes\":")[0],
        published.on(ROWS).getFirst().split(",\"strikes\":")[0]);
  }

  @Test
  void aChainSaysWhatItKnowsAndWhyNot() {
    quotes();
    pass(100);
    JsonNode chain = json(published.on(LIST).getFirst());
    assertEquals("SOL_USDC", chain.path("symbol").asString());
    assertEquals("2026-12-25", chain.path("expiry").asString());
    assertEquals(BEGIN + 100, chain.path("t").asLong());
    assertEquals("deribit", chain.path("source").asString());
    assertEquals(102, chain.at("/forward/value").asDouble(), 1e-9);
    assertEquals("parity", chain.at("/forward/source").asString());
    assertEquals("black76", chain.at("/convention/model").asString());
    assertEquals(0, chain.at("/convention/rate").asDouble());
    assertFalse(chain.path("stale").asBoolean());
    assertFalse(chain.has("pcr") || chain.has("spot"), chain::toString);
    assertEquals(
        Map.of(
            "spot", "no spot",
            "pcr", "nothing to divide by",
            "ratios.volume", "nothing to divide by",
            "ratios.oiChange", "nothing to divide by",
            "ratios.nearOi", "nothing to divide by",
            "maxPain", "no open interest",
            "skew.riskReversal25", "no volatility",
            "skew.butterfly25", "no volatility",
            "skew.slope", "no volatility",
            "ivRank", "no history"),
        without(JSON.convertValue(chain.path("why"), Map.class), "exposure"));
    JsonNode call = chain.at("/strikes/0/ce");
    assertEquals("8", call.path("price").asString());
    assertEquals("7.9", call.path("bid").asString());
    assertEquals("mid", call.path("src").asString());
    assertEquals(2, call.path("intrinsic").asDouble());
    assertTrue(call.path("bidIv").asDouble() < call.path("midIv").asDouble(), call::toString);
    assertEquals("no open interest", call.at("/why/oi").asString());
    assertFalse(chain.at("/strikes/1").has("pe"));
  }

  private static Map<?, ?> without(Map<?, ?> all, String name) {
    all.remove(name);
    return all;
  }

  @Test
  void onlyWhatIsWantedIsPublished() {
    wanted.remove(LIST);
    quotes();
    pass(100);
    assertEquals(List.of(ROWS), published.channels());
    wanted.clear();
    quotes();
    pass(100);
    assertEquals(List.of(ROWS), published.channels());
  }

  @Test
  void theCacheHasTheNewestStateAndThreeSnapshots() {
    for (int minute = 0; minute < 5; minute++) {
      quote("100", Right.CALL, "7." + minute, "9." + minute);
      market.onFrameEnd();
      pass(60_000);
    }
    Map<String, String> kept =
        cache
            .getAll(List.of(LIST, LIST + ":0", LIST + ":1", LIST + ":2", LIST + ":3"))
            .toCompletableFuture()
            .join();
    assertEquals(Set.of(LIST, LIST + ":0", LIST + ":1", LIST + ":2"), kept.keySet());
    assertEquals(kept.get(LIST), kept.get(LIST + ":0"));
    List<Long> times =
        List.of(0, 1, 2).stream()
            .map(number -> json(kept.get(LIST + ":" + number)).path("t").asLong())
            .toList();
    assertEquals(List.of(now, now - 60_000, now - 120_000), times);
    assertEquals(
        List.of(now - 60_000, now - 120_000, now - 180_000),
        List.of(JSON.convertValue(json(kept.get(LIST)).path("snapshots"), Long[].class)));
  }

  @Test
  void whoeverKeepsSnapshotsGetsTheBytesOfTheCache() {
    wanted.remove(LIST);
    for (int minute = 0; minute < 3; minute++) {
      quote("100", Right.CALL, "7." + minute, "9." + minute);
      market.onFrameEnd();
      pass(60_000);
    }
    ChainKey key = new ChainKey("SOL_USDC", LocalDate.of(2026, 12, 25));
    assertEquals(
        List.of(
            new Snapshot(key, now - 120_000, cached(LIST + ":2")),
            new Snapshot(key, now - 60_000, cached(LIST + ":1")),
            new Snapshot(key, now, cached(LIST + ":0"))),
        snapshots);
    wanted.clear();
    quotes();
    pass(60_000);
    assertEquals(3, snapshots.size());
  }

  @Test
  void chainWhoseStateIsWantedIsCachedAndNotPublished() {
    wanted.clear();
    wanted.add(STATE);
    quotes();
    pass(60_000);
    assertEquals(List.of(), published.channels());
    assertEquals(now, json(cached(LIST)).path("t").asLong());
    assertEquals(cached(LIST), cached(LIST + ":0"));
  }

  private String cached(String key) {
    return cache.getAll(List.of(key)).toCompletableFuture().join().getOrDefault(key, "");
  }

  @Test
  void theNewestStateIsCachedOnceASecondAtMost() {
    quotes();
    pass(100);
    quote("100", Right.CALL, "6", "7");
    market.onFrameEnd();
    pass(100);
    assertEquals(2, published.on(LIST).size());
    assertEquals(published.on(LIST).getFirst(), cached(LIST));
  }
}
