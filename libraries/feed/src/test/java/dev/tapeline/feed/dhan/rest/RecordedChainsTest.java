package dev.tapeline.feed.dhan.rest;

import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.market.Market;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.chain.PutCallRatios;
import dev.tapeline.market.chain.study.ChainCounters;
import dev.tapeline.market.chain.study.ChainDemand;
import dev.tapeline.market.chain.study.ChainStudy;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.session.ExchangeRules;
import dev.tapeline.market.session.ExpiryTimes;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.MarketPhase;
import dev.tapeline.market.session.PhaseWindow;
import dev.tapeline.market.session.Timetable;
import dev.tapeline.market.session.TradingCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is computed of real option chains. */
class RecordedChainsTest {

  /** Derivatives of NSE, which settled at 15:30 in that year. */
  private static TradingCalendar calendar() {
    LocalDate first = LocalDate.of(2025, 1, 1);
    PhaseWindow open = PhaseWindow.of(MarketPhase.OPEN, "09:15", "15:30");
    return new TradingCalendar(
        List.of(
            new ExchangeRules.Scheduled(
                "NSE",
                ZoneId.of("Asia/Kolkata"),
                first,
                first.plusYears(1),
                Set.of(),
                Map.of(),
                Map.of(),
                Map.of(
                    MarketClass.EQUITY_DERIVATIVES,
                    List.of(new Timetable(first, List.of(open), ExpiryTimes.AS_OTHER_DAYS))))));
  }

  /** Makes up the options, of which an answer tells only strikes. */
  private static final class ListedLegs implements ChainLegs {

    @Override
    public Instrument underlying(String symbol) {
      return NIFTY;
    }

    @Override
    public Instrument leg(
        ChainKey chain, BigDecimal strike, Instrument.Right right, @Nullable String securityId) {
      String symbol = strike.toPlainString() + right;
      return new Instrument.Option(
          new Reference(symbol, "NSE_FNO", symbol, symbol, BigDecimal.ZERO),
          chain.underlying(),
          chain.expiry(),
          strike,
          right,
          BigDecimal.ONE);
    }
  }

  /** Keeps the chains that are told. */
  private static final class Chains implements MarketListener {

    private final List<OptionChain> told = new ArrayList<>();

    @Override
    public void onEvent(MarketEvent event) {
      if (event instanceof MarketEvent.ChainChanged changed) {
        told.add(changed.chain());
      }
    }

    @Override
    public void onFrameEnd() {}

    @Override
    public void onBatchEnd() {}
  }

  private static OptionChain chain(JsonNode answer, LocalDate expiry, long now) {
    Chains chains = new Chains();
    ChainStudy study =
        new ChainStudy(
            new ChainStudy.Parts(
                calendar(),
                ChainConvention.DEFAULT,
                ChainLimits.DEFAULT,
                ChainDemand.ALL,
                new ChainCounters()));
    Market market = Market.of(chains, study);
    var _ =
        new ChainTicks(new ListedLegs(), _ -> false, TradingHours.ALWAYS)
            .tell(new ChainKey("NIFTY", expiry), answer.path("data"), now, market);
    market.onTime(now + 100);
    assertEquals(1, chains.told.size());
    assertNotNull(chains.told.getFirst().spot());
    return chains.told.getFirst();
  }

  /** The sums are those of the file, added here by other means. */
  @ParameterizedTest
  @CsvSource({
    "dhan_optionchain_nifty_exp20250130_at20250125T084310Z.json, 2025-01-30, 2025-01-24T09:30:00Z",
    "dhan_optionchain_nifty_exp20250206_at20250201T123914Z.json, 2025-02-06, 2025-02-01T09:30:00Z"
  })
  void sumsRatiosAndMaxPainOfRealChains(String file, LocalDate expiry, String now) {
    JsonNode answer = new JsonMapper().readTree(SharedFiles.path("dhan/" + file).toFile());
    OptionChain chain = chain(answer, expiry, Instant.parse(now).toEpochMilli());
    JsonNode oc = oc(answer);
    PutCallRatios ratios = chain.figures().ratios();
    double calls = sum(oc, "ce", "oi");
    double puts = sum(oc, "pe", "oi");
    assertEquals(calls, ratios.calls().openInterest());
    assertEquals(puts, ratios.puts().openInterest());
    assertEquals(puts / calls, ratios.openInterest());
    assertEquals(sum(oc, "pe", "volume") / sum(oc, "ce", "volume"), ratios.volume());
    assertEquals(maxPain(oc), chain.figures().pain().strike());
    double spot = answer.at("/data/last_price").asDouble();
    assertEquals(spot, chain.forward().value(), 0.01 * spot);
    assertTrue(chain.forward().n() >= 5, () -> chain.forward().toString());
    double volatility = chain.figures().atTheMoney().volatility().value();
    assertTrue(volatility > 0.05 && volatility < 0.5, () -> "" + volatility);
  }

  private static JsonNode oc(JsonNode answer) {
    return answer.path("oc").isObject() ? answer.path("oc") : oc(answer.path("data"));
  }

  private static double sum(JsonNode oc, String side, String field) {
    return oc.valueStream().mapToDouble(row -> row.path(side).path(field).asDouble(0)).sum();
  }

  /** The strike of the least pain, each computed of all others. */
  private static double maxPain(JsonNode oc) {
    Map<Double, JsonNode> rows = new TreeMap<>();
    oc.properties().forEach(row -> rows.put(Double.valueOf(row.getKey()), row.getValue()));
    double best = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    for (double settled : rows.keySet()) {
      double pain = 0;
      for (Map.Entry<Double, JsonNode> row : rows.entrySet()) {
        pain += row.getValue().at("/ce/oi").asDouble(0) * Math.max(0, settled - row.getKey());
        pain += row.getValue().at("/pe/oi").asDouble(0) * Math.max(0, row.getKey() - settled);
      }
      if (pain < least) {
        least = pain;
        best = settled;
      }
    }
    return best;
  }
}
