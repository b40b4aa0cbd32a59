package dev.tapeline.plant.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchPlannerTest {

  private static final ChainKey CHAIN = new ChainKey("BTC", LocalDate.of(2026, 12, 25));

  private final Map<String, String> sourceOf = new HashMap<>(Map.of("BTC", "b", "ETH", "b"));
  private final List<String> told = new ArrayList<>();
  private final Map<String, Watchlist> newest = new HashMap<>();
  private final Map<ChainKey, List<Instrument>> legs = new HashMap<>();
  private final List<String> found = new ArrayList<>();
  private final Set<String> underlyings = new HashSet<>();
  private final Map<String, Instrument> described = new HashMap<>();
  private String failing = "";
  private int searches;
  private final WatchPlanner planner = new WatchPlanner(new Finder(), this::tell, 2);

  /** Finds what {@link #sourceOf} has. */
  private final class Finder implements InstrumentFinder {

    @Override
    public @Nullable Found find(String symbol) {
      found.add(symbol);
      if (symbol.equals(failing)) {
        throw new IllegalStateException("can't look it up now");
      }
      String source = sourceOf.get(symbol);
      Instrument instrument = described.getOrDefault(symbol, Instrument.binance(symbol));
      return source == null ? null : new Found(source, instrument);
    }

    @Override
    public @Nullable Found findKey(String key) {
      return find(key.replace("BINANCE:", ""));
    }

    @Override
    public boolean hasDerivatives(Found one) {
      return underlyings.contains(one.instrument().symbol());
    }

    @Override
    public List<Instrument> legs(ChainKey chain) {
      searches++;
      return legs.getOrDefault(chain, List.of());
    }
  }

  private void tell(String source, Watchlist watchlist) {
    told.add(source);
    newest.put(source, watchlist);
  }

  private static List<Selector> channels(String... names) {
    return Stream.of(names).<Selector>map(Channel::new).toList();
  }

  private static Instrument of(String symbol) {
    return Instrument.binance(symbol);
  }

  @Test
  void aWantedChannelMakesItsSourceWatchItsInstrument() {
    planner.onWanted(channels("market:tick:BTC", "depth@ETH", "status:b"));
    planner.plan();
    assertEquals(
        Watchlist.of(Map.of(of("BTC"), Detail.QUOTE, of("ETH"), Detail.BOOK)), newest.get("b"));
  }

  @Test
  void theBookIsWatchedAsLongAsADepthChannelIsWanted() {
    planner.onWanted(channels("market:tick:BTC", "depth@BTC"));
    planner.plan();
    planner.onReleased(channels("depth@BTC"));
    planner.plan();
    assertEquals(Watchlist.of(Map.of(of("BTC"), Detail.QUOTE)), newest.get("b"));
  }

  @Test
  void theLastChannelEndsTheWatch() {
    planner.onWanted(channels("market:tick:BTC", "trade@BTC"));
    planner.plan();
    planner.onReleased(channels("market:tick:BTC"));
    planner.plan();
    planner.onReleased(channels("trade@BTC"));
    planner.plan();
    assertEquals(List.of("b", "b"), told);
    assertEquals(Watchlist.EMPTY, newest.get("b"));
  }

  @Test
  void aPatternWantsNothingByItself() {
    planner.onWanted(List.of(Pattern.parse("market:tick:*")));
    planner.plan();
    assertEquals(List.of(), told);
  }

  @Test
  void aChainIsWatchedByTheSourceOfItsUnderlying() {
    planner.onWanted(channels("option-chain:BTC:2026-12-25"));
    planner.plan();
    assertEquals(
        new Watchlist(Map.of(), Set.of(CHAIN), Set.of(), Set.of(of("BTC"))), newest.get("b"));
  }

  @Test
  void theLegsOfAChainAreLookedUpOncePerListOfInstruments() {
    planner.onWanted(channels("option-chain:BTC:2026-12-25"));
    planner.plan();
    legs.put(CHAIN, List.of(of("LEG1"), of("LEG2")));
    planner.onWanted(channels("market:tick:ETH"));
    planner.plan();
    assertEquals(1, searches);
    assertEquals(Set.of(of("BTC")), newest.get("b").legs());
    planner.onListed();
    planner.plan();
    assertEquals(2, searches);
    assertEquals(Set.of(of("BTC"), of("LEG1"), of("LEG2")), newest.get("b").legs());
    assertEquals(Set.of(of("ETH")), newest.get("b").instruments().keySet());
  }

  @Test
  void theLegsGoWithTheirChain() {
    legs.put(CHAIN, List.of(of("LEG1")));
    planner.onWanted(channels("option-chain:BTC:2026-12-25", "market:tick:ETH"));
    planner.plan();
    planner.onReleased(channels("option-chain:BTC:2026-12-25"));
    planner.plan();
    assertEquals(Watchlist.of(Map.of(of("ETH"), Detail.QUOTE)), newest.get("b"));
  }

  @Test
  void aSymbolThatBecomesKnownIsWatchedThen() {
    planner.onWanted(channels("market:tick:SOL"));
    planner.plan();
    assertEquals(new WatchPlanner.State(0, 1, 0), planner.state());
    sourceOf.put("SOL", "c");
    planner.onListed();
    planner.plan();
    assertEquals(Watchlist.of(Map.of(of("SOL"), Detail.QUOTE)), newest.get("c"));
    assertEquals(new WatchPlanner.State(1, 0, 0), planner.state());
  }

  @Test
  void unknownSymbolsAreLookedUpAgainByThemselves() {
    planner.onWanted(channels("market:tick:SOL"));
    planner.plan();
    sourceOf.put("SOL", "c");
    for (int i = 0; i < 25; i++) {
      planner.plan();
    }
    assertEquals(Set.of(of("SOL")), newest.get("c").instruments().keySet());
  }

  @Test
  void instrumentsBeyondTheLimitAreRefusedUntilThereIsRoom() {
    sourceOf.put("SOL", "b");
    planner.onWanted(channels("market:tick:BTC", "market:tick:ETH", "market:tick:SOL"));
    planner.plan();
    assertEquals(new WatchPlanner.State(2, 0, 1), planner.state());
    assertEquals(Set.of(of("BTC"), of("ETH")), newest.get("b").instruments().keySet());
    planner.onReleased(channels("market:tick:BTC"));
    planner.plan();
    assertEquals(Set.of(of("ETH"), of("SOL")), newest.get("b").instruments().keySet());
  }

  @Test
  void onlyWhatHasChangedIsLookedUp() {
    planner.onWanted(channels("market:tick:BTC", "market:tick:ETH"));
    planner.plan();
    found.clear();
    planner.onReleased(channels("market:tick:BTC"));
    planner.onWanted(channels("depth@ETH"));
    planner.onChanged(of("XRP"));
    planner.plan();
    assertEquals(List.of("ETH"), found);
    assertEquals(Watchlist.of(Map.of(of("ETH"), Detail.BOOK)), newest.get("b"));
  }

  @Test
  void anInstrumentThatIsDescribedAnewKeepsItsRoom() {
    sourceOf.put("SOL", "b");
    planner.onWanted(channels("market:tick:BTC", "market:tick:ETH", "market:tick:SOL"));
    planner.plan();
    Instrument other =
        new Instrument.Pair(new Reference("BTC", "BINANCE", "BTC", "Bitcoin", BigDecimal.ONE));
    described.put("BTC", other);
    planner.onChanged(other);
    planner.plan();
    assertEquals(Set.of(other, of("ETH")), newest.get("b").instruments().keySet());
  }

  @Test
  void anInstrumentMovesToTheSourceThatHasItNow() {
    planner.onWanted(channels("market:tick:BTC", "market:tick:ETH"));
    planner.plan();
    sourceOf.put("BTC", "c");
    planner.onChanged(of("BTC"));
    planner.plan();
    assertEquals(Watchlist.of(Map.of(of("ETH"), Detail.QUOTE)), newest.get("b"));
    assertEquals(Watchlist.of(Map.of(of("BTC"), Detail.QUOTE)), newest.get("c"));
  }

  @Test
  void aLegThatBecomesKnownIsALegOfItsChain() {
    planner.onWanted(channels("option-chain:BTC:2026-12-25"));
    planner.plan();
    Instrument leg =
        new Instrument.Option(
            new Reference("LEG", "DERIBIT", "LEG", "a leg", BigDecimal.ONE),
            "BTC",
            CHAIN.expiry(),
            BigDecimal.TEN,
            Instrument.Right.CALL,
            BigDecimal.ONE);
    legs.put(CHAIN, List.of(leg));
    planner.onChanged(leg);
    planner.plan();
    assertEquals(Set.of(of("BTC"), leg), newest.get("b").legs());
  }

  @Test
  void theListSaysWhichSharesHaveDerivatives() {
    Instrument share =
        new Instrument.Share(new Reference("BTC", "NSE_EQ", "1", "a share", BigDecimal.ONE));
    described.put("BTC", share);
    underlyings.addAll(Set.of("BTC", "ETH")); // ETH is no share
    planner.onWanted(channels("market:tick:BTC", "market:tick:ETH"));
    planner.plan();
    assertEquals(Set.of(share), newest.get("b").underlyings());
    underlyings.clear();
    planner.onListed();
    planner.plan();
    assertEquals(Set.of(), newest.get("b").underlyings());
    assertEquals(List.of("b", "b"), told);
  }

  @Test
  void aFailureLosesNoChange() {
    planner.onWanted(channels("market:tick:BTC"));
    planner.plan();
    planner.onWanted(channels("depth@BTC", "market:tick:ETH"));
    failing = "BTC";
    assertThrows(IllegalStateException.class, planner::plan);
    assertEquals(List.of("b"), told);
    failing = "";
    planner.plan();
    assertEquals(
        Watchlist.of(Map.of(of("BTC"), Detail.BOOK, of("ETH"), Detail.QUOTE)), newest.get("b"));
  }

  @Test
  void aPriceThatIsAskedForIsNotWatched() {
    planner.onWanted(channels("tapeline:price:BINANCE:BTC", "tapeline:price:BINANCE:XRP"));
    planner.plan();
    assertEquals(new Watchlist(Map.of(), Set.of(), Set.of(of("BTC")), Set.of()), newest.get("b"));
    planner.onReleased(channels("tapeline:price:BINANCE:BTC"));
    planner.plan();
    assertEquals(Watchlist.EMPTY, newest.get("b"));
  }

  @Test
  void nothingIsToldTwice() {
    planner.onWanted(channels("market:tick:BTC"));
    planner.plan();
    planner.onWanted(channels("trade@BTC"));
    planner.plan();
    assertEquals(List.of("b"), told);
  }
}
