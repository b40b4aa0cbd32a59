package dev.tapeline.feed.dhan.master;

import static dev.tapeline.feed.dhan.master.MasterCsv.TODAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.InstrumentQuery;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The catalogue of a generated master, and of the real rows. */
class DhanMasterTest {

  private static final DhanMaster MASTER =
      MasterCsv.parse(SampleMaster.ofDay(TODAY, SampleCash.ALL), TODAY);

  private static final List<Instrument> ALL = MasterCsv.all(MASTER);

  @Example
  void theSampleHasIndicesSharesFuturesAndThreeExpiriesOfOptions() {
    assertEquals(
        Map.of("index", 3L, "share", 5L, "future", 6L, "option", 2L * 3 * 41 * 2),
        ALL.stream().collect(Collectors.groupingBy(Instrument::type, Collectors.counting())));
    assertEquals(new MasterReport(506, 506, Map.of(), 0, 0, null), MASTER.report());
    assertEquals(ALL.size(), MASTER.size());
    assertTrue(ALL.containsAll(SampleCash.ALL));
  }

  @Example
  void expiriesAreThoseOfTheUnderlying() {
    assertEquals(
        List.of(LocalDate.of(2026, 12, 1), LocalDate.of(2026, 12, 8), LocalDate.of(2026, 12, 15)),
        MASTER.expiries("NIFTY"));
    assertEquals(
        List.of(LocalDate.of(2026, 12, 29), LocalDate.of(2027, 1, 26), LocalDate.of(2027, 2, 23)),
        MASTER.expiries("BANKNIFTY"));
    assertEquals(List.of(), MASTER.expiries("RELIANCE"));
    assertEquals(List.of(), MASTER.expiries("ZZZ"));
    assertEquals(List.of(), MASTER.expiries("A"));
  }

  @Example
  void eachInstrumentIsFoundAgain() {
    for (Instrument it : ALL) {
      assertEquals(Optional.of(it), MASTER.bySymbol(it.symbol()));
      assertEquals(Optional.of(it), MASTER.byKey(it.key()));
      assertEquals(List.of(it), MASTER.search(InstrumentQuery.of(it.symbol()), 1));
      assertEquals(List.of(it), MASTER.search(InstrumentQuery.of(it.key()), 1));
    }
  }

  @Example
  void whatIsNotThereIsNotFound() {
    for (String text : List.of("", "NIFT", "NIFTYX", "ZZZ", "nifty", "\uFFFF")) {
      assertEquals(Optional.empty(), MASTER.bySymbol(text));
    }
    for (String key :
        List.of("", ":", "IDX_I", "IDX_I:", ":13", "IDX_I:14", "NSE_M:13", "IDX_I:13:", "13")) {
      assertEquals(Optional.empty(), MASTER.byKey(key));
      assertEquals(Optional.empty(), MASTER.details(key));
    }
  }

  /** The search over columns finds what one by one finds, in the same order. */
  @Property(tries = 3_000)
  void searchFindsWhatOneByOneFinds(
      @ForAll @From("queries") InstrumentQuery query, @ForAll @IntRange(max = 60) int limit) {
    assertEquals(query.best(ALL.stream(), limit), MASTER.search(query, limit));
  }

  @Provide
  static Arbitrary<InstrumentQuery> queries() {
    return Combinators.combine(
            texts(),
            Arbitraries.of("nifty", "BANKNIFTY", "RELIANCE", "").injectNull(0.6),
            Arbitraries.of(LocalDate.of(2026, 12, 8), LocalDate.of(2026, 12, 29), TODAY)
                .injectNull(0.6),
            Arbitraries.of("24300", "24350.00", "51900", "1", "0").injectNull(0.6),
            Arbitraries.of(Right.class).injectNull(0.6))
        .as((text, underlying, expiry, strike, right) ->
            new InstrumentQuery(
                text,
                underlying == null || underlying.isEmpty() ? null : underlying,
                expiry,
                strike == null ? null : new BigDecimal(strike),
                right));
  }

  private static Arbitrary<String> texts() {
    Arbitrary<String> parts =
        Arbitraries.of(ALL)
            .flatMap(it ->
                Arbitraries.of(it.symbol(), it.name(), it.key())
                    .flatMap(text ->
                        Arbitraries.integers()
                            .between(0, text.length())
                            .tuple2()
                            .map(ends ->
                                text.substring(
                                    Math.min(ends.get1(), ends.get2()),
                                    Math.max(ends.get1(), ends.get2())))));
    return Arbitraries.oneOf(
        parts,
        Arbitraries.of("", " ", "nifty", "dec", "26", "4", "\n", "bank of", "-CE", "x y", "&"),
        Arbitraries.strings().ofMaxLength(4));
  }

  @Example
  void theRealRowsAreTaken() throws IOException {
    byte[] file = Files.readAllBytes(SharedFiles.path("dhan/dhan_master_rows_202609.csv"));
    DhanMaster master = MasterCsv.parse(file, LocalDate.of(2026, 9, 1));
    assertEquals(
        List.of(
            "ARE&M",
            "BAJAJ-AUTO-20260924-12600-CE",
            "BANKNIFTY-20260929-72600-CE",
            "BANKNIFTY-20260929-72600-PE",
            "BSEDSI",
            "GOLD-20260925-163500-CE",
            "GOLD-20261005-FUT",
            "GOLDSTAR",
            "MCL.BSE",
            "MCXBULLDEX-20260925-32800-CE",
            "MCXMETLDEX-20260923-FUT",
            "NIFTYFPI-20260929-FUT",
            "NIFTYMIDCAP150",
            "PAGEIND-20261027-44000-PE",
            "SENSEX-20260924-68000-CE",
            "SENSEX-20261008-84600-PE",
            "SENSEX-20261126-FUT",
            "TIINDIA-20261126-FUT"),
        MasterCsv.symbols(master));
    assertEquals(
        new MasterReport(
            22,
            18,
            Map.of(
                DropReason.TEST, 1,
                DropReason.NOT_IN_FEED, 1,
                DropReason.EXPIRED, 1,
                DropReason.DUPLICATE, 1),
            0,
            0,
            null),
        master.report());
    checkRealRows(master);
  }

  private static void checkRealRows(DhanMaster master) {
    Instrument.Option option =
        (Instrument.Option) master.bySymbol("BAJAJ-AUTO-20260924-12600-CE").orElseThrow();
    assertEquals("BAJAJ-AUTO.BSE", option.underlying());
    assertEquals("BSE_FNO:1100000", option.key());
    assertEquals(new BigDecimal("75"), option.lot());
    assertEquals("SENSEX NOV FUT", master.byKey("BSE_FNO:1100929").orElseThrow().name());
    assertEquals(new BigDecimal("1"), master.byKey("MCX_COMM:483079").orElseThrow().tickSize());
    assertEquals(new BigDecimal("0.05"), master.byKey("IDX_I:1").orElseThrow().tickSize());
    assertEquals(new BigDecimal("0.01"), master.byKey("BSE_EQ:200072").orElseThrow().tickSize());
    MasterDetails details = master.details("NSE_EQ:100").orElseThrow();
    assertEquals("EQ INE885A01032", details.series() + " " + details.isin());
    assertEquals(new BigDecimal("115672"), details.freezeQuantity());
    assertFalse(master.byKey("NSE_CURRENCY:1009").isPresent());
  }
}
