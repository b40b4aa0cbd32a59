package dev.tapeline.market.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.instrument.Instrument.Right;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The registry with catalogues behind it. */
class CataloguesTest {

  private static final LocalDate SOON = LocalDate.of(2026, 12, 8);
  private static final LocalDate LATER = LocalDate.of(2026, 12, 29);

  private static final Instrument NIFTY =
      new Instrument.Index(reference("NIFTY", "IDX_I", "13", "Nifty 50"));
  private static final Instrument RELIANCE =
      new Instrument.Share(reference("RELIANCE", "NSE_EQ", "2885", "Reliance Industries"));
  private static final Instrument FUTURE =
      new Instrument.Future(
          reference("NIFTY-20261229-FUT", "NSE_FNO", "1", "Nifty Dec"),
          "NIFTY",
          LATER,
          new BigDecimal("65"));

  private final Instruments instruments = new Instruments(100, "bus");

  @Test
  void whatIsInACatalogueIsFoundButNotAdded() {
    instruments.addCatalogue("dhan", new ListedInstruments(List.of(NIFTY, RELIANCE)));
    assertEquals(Optional.of(RELIANCE), instruments.bySymbol("RELIANCE"));
    assertEquals(Optional.of(RELIANCE), instruments.byKey("NSE_EQ:2885"));
    assertEquals(Optional.of("dhan"), instruments.sourceOf("RELIANCE"));
    assertEquals(List.of(RELIANCE), instruments.search("reli", 10));
    assertEquals(Optional.empty(), instruments.bySymbol("TCS"));
    assertEquals(Optional.empty(), instruments.sourceOf("TCS"));
    assertEquals(0, instruments.size());
    assertEquals(0, instruments.revision("dhan"));
    assertEquals(List.of(), instruments.of("dhan"));
  }

  @Test
  void aWatchedInstrumentIsFoundOnce() {
    instruments.addCatalogue("dhan", new ListedInstruments(List.of(NIFTY, RELIANCE)));
    instruments.add("dhan", NIFTY);
    assertEquals(List.of(NIFTY), instruments.search("nifty", 10));
    assertEquals(List.of(NIFTY, RELIANCE), instruments.search("", 10));
  }

  @Test
  void anAddedInstrumentHidesThoseOfItsSymbolAndOfItsKey() {
    Instrument simulated = new Instrument.Index(reference("NIFTY", "SIM", "1", "Simulated"));
    Instrument renamed = new Instrument.Share(reference("RIL", "NSE_EQ", "2885", "Reliance"));
    instruments.addCatalogue("dhan", new ListedInstruments(List.of(NIFTY, RELIANCE)));
    instruments.add("simulator", simulated);
    instruments.add("replay", renamed);
    assertEquals(Optional.of(simulated), instruments.bySymbol("NIFTY"));
    assertEquals(Optional.of("simulator"), instruments.sourceOf("NIFTY"));
    assertEquals(Optional.empty(), instruments.byKey("IDX_I:13"));
    assertEquals(Optional.empty(), instruments.bySymbol("RELIANCE"));
    assertEquals(Optional.of(renamed), instruments.byKey("NSE_EQ:2885"));
    assertEquals(List.of(renamed, simulated), instruments.search("", 10));
  }

  @Test
  void theCatalogueThatCameFirstGoesFirst() {
    Instrument other = new Instrument.Share(reference("RELIANCE", "BSE_EQ", "500325", "Other"));
    instruments.addCatalogue("dhan", new ListedInstruments(List.of(RELIANCE)));
    instruments.addCatalogue("zerodha", new ListedInstruments(List.of(other, NIFTY)));
    assertEquals(Optional.of(RELIANCE), instruments.bySymbol("RELIANCE"));
    assertEquals(Optional.of("zerodha"), instruments.sourceOf("NIFTY"));
    assertEquals(Optional.empty(), instruments.byKey("BSE_EQ:500325"));
    assertEquals(List.of(NIFTY, RELIANCE), instruments.search("", 10));
    instruments.addCatalogue("dhan", new ListedInstruments(List.of()));
    assertEquals(Optional.of(other), instruments.bySymbol("RELIANCE"));
    instruments.addCatalogue("dhan", new ListedInstruments(List.of(RELIANCE)));
    assertEquals(Optional.of(RELIANCE), instruments.bySymbol("RELIANCE"));
  }

  @Test
  void hiddenInstrumentsTakeNoPlacesOfOthers() {
    List<Instrument> listed =
        IntStream.range(0, 30).<Instrument>mapToObj(CataloguesTest::share).toList();
    instruments.addCatalogue("dhan", new ListedInstruments(listed));
    for (int i = 0; i < 20; i++) { // other names, so that the search doesn't find these
      instruments.add("bus", new Instrument.Pair(reference("P" + i, "NSE_EQ", "" + i, "Pair")));
    }
    assertEquals(listed.subList(20, 25), instruments.search("share", 5));
    assertEquals(listed.subList(20, 30), instruments.search("share", 11));
  }

  private static Instrument share(int number) {
    String symbol = "SHARE%02d".formatted(number);
    return new Instrument.Share(reference(symbol, "NSE_EQ", "" + number, symbol));
  }

  @Test
  void knownAndListedAreRankedTogether() {
    Instrument bees = new Instrument.Share(reference("NIFTYBEES", "NSE_EQ", "1", "Fund"));
    Instrument bank = new Instrument.Index(reference("BANKNIFTY", "IDX_I", "25", "Nifty Bank"));
    Instrument fin = new Instrument.Index(reference("FINNIFTY", "IDX_I", "27", "Financial"));
    instruments.addCatalogue("dhan", new ListedInstruments(List.of(bees, fin, NIFTY)));
    instruments.add("simulator", bank);
    assertEquals(List.of(NIFTY, bees, bank, fin), instruments.search("nifty", 10));
    assertEquals(List.of(NIFTY, bees, bank), instruments.search("nifty", 3));
    assertEquals(List.of(fin), instruments.search("IDX_I:27", 3));
  }

  @Test
  void termsFindDerivativesInTheOrderOfAChain() {
    Instrument call9 = option("9000", SOON, Right.CALL);
    Instrument put9 = option("9000", SOON, Right.PUT);
    Instrument call10 = option("10000.50", SOON, Right.CALL);
    Instrument later = option("9000", LATER, Right.CALL);
    instruments.addCatalogue(
        "dhan", new ListedInstruments(List.of(later, call10, put9, NIFTY, FUTURE)));
    instruments.add("dhan", call9);
    assertEquals(List.of(call9, put9, call10, FUTURE, later), found("nifty", null, null, null, ""));
    assertEquals(List.of(call9, put9, call10), found("NIFTY", SOON, null, null, ""));
    assertEquals(List.of(call9, later), found("NIFTY", null, "9000.0", Right.CALL, ""));
    assertEquals(List.of(put9), found(null, null, null, Right.PUT, ""));
    assertEquals(List.of(FUTURE), found(null, LATER, null, null, "dec"));
    assertEquals(List.of(), found("BANKNIFTY", null, null, null, ""));
  }

  private List<Instrument> found(
      @Nullable String underlying,
      @Nullable LocalDate expiry,
      @Nullable String strike,
      @Nullable Right right,
      String text) {
    BigDecimal exact = strike == null ? null : new BigDecimal(strike);
    return instruments.search(new InstrumentQuery(text, underlying, expiry, exact, right), 10);
  }

  @Test
  void expiriesAreThoseOfOptionsSoonestFirst() {
    instruments.addCatalogue(
        "dhan",
        new ListedInstruments(
            List.of(option("9000", LATER, Right.CALL), option("9000", LATER, Right.PUT), FUTURE)));
    instruments.add("dhan", option("9000", SOON, Right.CALL));
    assertEquals(List.of(SOON, LATER), instruments.expiries("NIFTY"));
    assertEquals(List.of(), instruments.expiries("BANKNIFTY"));
  }

  @Test
  void aSourceHasOneCatalogue() {
    Catalogue today = new ListedInstruments(List.of(NIFTY));
    instruments.addCatalogue("dhan", new ListedInstruments(List.of(RELIANCE)));
    instruments.addCatalogue("dhan", today);
    assertEquals(Optional.of(today), instruments.catalogueOf("dhan"));
    assertEquals(Optional.empty(), instruments.catalogueOf("simulator"));
    assertEquals(
        List.of(Optional.empty(), Optional.of(NIFTY)),
        Stream.of("RELIANCE", "NIFTY").map(instruments::bySymbol).toList());
  }

  private static Instrument option(String strike, LocalDate expiry, Right right) {
    String symbol = "NIFTY-%s-%s-%s".formatted(expiry.getDayOfYear(), strike, right);
    return new Instrument.Option(
        reference(symbol, "NSE_FNO", symbol, "Option"),
        "NIFTY",
        expiry,
        new BigDecimal(strike),
        right,
        new BigDecimal("65"));
  }

  private static Reference reference(String symbol, String segment, String id, String name) {
    return new Reference(symbol, segment, id, name, new BigDecimal("0.05"));
  }
}
