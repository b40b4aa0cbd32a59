package dev.tapeline.plant.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.market.Market;
import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.chain.study.ChainCounters;
import dev.tapeline.market.chain.study.ChainStudy;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.option.Black76;
import dev.tapeline.market.session.ExchangeRules;
import dev.tapeline.market.session.ExpiryTimes;
import dev.tapeline.market.session.TimeOfDay;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.market.volatility.study.VolatilityIndexStudy;
import dev.tapeline.plant.demand.WantedChains;
import dev.tapeline.plant.demand.WantedIndices;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is published of the volatility index of a venue that never closes. */
class VolatilityIndexFamilyTest {

  private static final Instant BEGIN = Instant.parse("2026-12-10T08:00:00Z");
  private static final LocalDate NEAR = LocalDate.of(2026, 12, 25);
  private static final LocalDate NEXT = LocalDate.of(2027, 1, 29);
  private static final String INDEX = "ivdex:SOL_USDC";
  private static final JsonMapper JSON = new JsonMapper();

  private final EmbeddedBus bus = new EmbeddedBus(1_000);
  private final Published published = Published.on(bus);
  private final Set<String> wanted = new HashSet<>(Set.of(INDEX));
  private final Market market = market();
  private long now = BEGIN.toEpochMilli();

  private Market market() {
    TradingCalendar calendar =
        new TradingCalendar(
            List.of(
                new ExchangeRules.RoundTheClock(
                    "DERIBIT", new ExpiryTimes(TimeOfDay.parse("08:00"), null, null))));
    MarketPublisher.Settings settings =
        MarketPublisher.Settings.of("deribit", _ -> true, true).with(wanted::contains);
    return Market.of(
        new MarketPublisher(
            Carrier.of(bus), new EmbeddedCache(1 << 20, () -> 0), settings, () -> now),
        new ChainStudy(
            new ChainStudy.Parts(
                calendar,
                ChainConvention.DEFAULT,
                ChainLimits.DEFAULT,
                new WantedChains(wanted::contains),
                new ChainCounters())),
        new VolatilityIndexStudy(calendar, new WantedIndices(wanted::contains), _ -> List.of()));
  }

  /** Quotes both options of nineteen strikes around 100 at a volatility of 50 %. */
  private void quotes(LocalDate expiry) {
    double years =
        Duration.between(BEGIN, expiry.atTime(8, 0).toInstant(ZoneOffset.UTC)).toMillis()
            / (double) Duration.ofDays(365).toMillis();
    for (int strike = 55; strike <= 145; strike += 5) {
      for (Right right : Right.values()) {
        double price = new Black76(right, 100, strike, years, 0).price(0.5);
        quote(option(expiry, strike, right), BigDecimal.valueOf(price));
      }
    }
    market.onFrameEnd();
  }

  private static Instrument.Option option(LocalDate expiry, int strike, Right right) {
    String symbol = "SOL_USDC-%s-%d-%s".formatted(expiry, strike, right);
    return new Instrument.Option(
        new Reference(symbol, "DERIBIT", symbol, symbol, BigDecimal.ZERO),
        "SOL_USDC",
        expiry,
        new BigDecimal(strike),
        right,
        BigDecimal.TEN);
  }

  private void quote(Instrument.Option option, BigDecimal price) {
    BestPrice best = new BestPrice(price.setScale(9, RoundingMode.HALF_UP), BigDecimal.ONE);
    market.onTick(new Tick.Quote(option, new Times(now, now), 1, best, best));
  }

  private void pass(long millis) {
    now += millis;
    market.onTime(now);
    market.onBatchEnd();
  }

  private JsonNode newest() {
    return JSON.readTree(published.on(INDEX).getLast());
  }

  @Test
  void anIndexSaysWhatItIsMadeOf() {
    quotes(NEAR);
    quotes(NEXT);
    pass(200);
    JsonNode index = newest();
    assertEquals(
        List.of(
            "symbol",
            "t",
            "source",
            "method",
            "cm30",
            "vix",
            "n",
            "near",
            "next",
            "reasons",
            "simulated"),
        List.copyOf(index.propertyNames()));
    assertEquals("SOL_USDC", index.path("symbol").asString());
    assertEquals(now, index.path("t").asLong());
    assertEquals("deribit", index.path("source").asString());
    assertEquals("cboe", index.path("method").asString());
    assertEquals(50, index.path("cm30").asDouble(), 1e-4);
    assertEquals(50, index.path("vix").asDouble(), 0.5);
    assertEquals(2, index.at("/n/expiries").asInt());
    assertEquals("2026-12-25", index.at("/near/expiry").asString());
    assertEquals(15, index.at("/near/days").asDouble(), 1e-6);
    assertEquals(100, index.at("/near/forward").asDouble(), 1e-6);
    assertEquals("2027-01-29", index.at("/next/expiry").asString());
    assertEquals(0.25, index.at("/next/variance").asDouble(), 0.01);
    assertEquals(
        index.at("/n/strikes").asInt(),
        index.at("/near/strikes").asInt() + index.at("/next/strikes").asInt());
    assertEquals(JSON.readTree("{\"vix\":[\"outside 23 to 37 days\"]}"), index.path("reasons"));
    assertEquals(true, index.path("simulated").asBoolean());
  }

  @Test
  void aFigureThatIsAbsentHasAReason() {
    quotes(NEAR);
    pass(200);
    JsonNode index = newest();
    assertEquals(50, index.path("cm30").asDouble(), 1e-4);
    assertEquals(false, index.has("vix") || index.has("near"));
    assertEquals(JSON.readTree("{\"expiries\":1,\"strikes\":0}"), index.path("n"));
    assertEquals(
        JSON.readTree("{\"cm30\":[\"one expiry\"],\"vix\":[\"no next expiry\"]}"),
        index.path("reasons"));
  }

  @Test
  void anExpiryThatHasNoVarianceSaysWhy() {
    quotes(NEAR);
    quote(option(NEXT, 100, Right.CALL), BigDecimal.ONE);
    market.onFrameEnd();
    pass(200);
    assertEquals(
        JSON.readTree("{\"expiry\":\"2027-01-29\",\"why\":\"no forward\"}"), newest().path("next"));
    assertEquals("[\"no forward\"]", newest().at("/reasons/vix").toString());
  }

  @Test
  void nothingElseIsPublishedForAnIndex() {
    quotes(NEAR);
    pass(200);
    assertEquals(Set.of(INDEX), new HashSet<>(published.channels()));
    wanted.clear();
    quotes(NEAR);
    pass(2_000);
    assertEquals(1, published.on(INDEX).size());
  }
}
