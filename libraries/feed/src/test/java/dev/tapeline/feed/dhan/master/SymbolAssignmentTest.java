package dev.tapeline.feed.dhan.master;

import static dev.tapeline.feed.dhan.master.MasterCsv.future;
import static dev.tapeline.feed.dhan.master.MasterCsv.index;
import static dev.tapeline.feed.dhan.master.MasterCsv.master;
import static dev.tapeline.feed.dhan.master.MasterCsv.option;
import static dev.tapeline.feed.dhan.master.MasterCsv.share;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.instrument.Instrument;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolAssignmentTest {

  @ParameterizedTest
  @CsvSource({
    "NIFTY, NIFTY",
    "NIFTY NEXT 50, NIFTYNXT50",
    "SNSX50, SENSEX50",
    "INDIA VIX, INDIAVIX",
    "NIFTY MIDCAP 150, NIFTYMIDCAP150",
    "Nifty GS 4/8 13Yr, NIFTYGS4813YR",
  })
  void anIndexHasItsUsualNameWithoutBlanks(String text, String symbol) {
    assertEquals(List.of(symbol), MasterCsv.symbols(master(index("NSE", "1", text, "Index"))));
  }

  @Test
  void aDerivativeNamesTheIndexOfItsName() {
    DhanMaster master =
        master(
            future("NSE,D", "1", "FUTIDX,26013", "NIFTYNXT50", "2026-12-29"),
            future("BSE,D", "2", "FUTIDX,47", "SNSX50", "2026-12-31"),
            index("NSE", "38", "NIFTY NEXT 50", "Nifty Next 50"),
            index("BSE", "83", "SNSX50", "Sensex 50"));
    assertEquals(
        List.of("NIFTYNXT50", "SENSEX50"),
        Stream.of("NIFTYNXT50-20261229-FUT", "SENSEX50-20261231-FUT")
            .map(symbol -> underlying(master, symbol))
            .toList());
    assertEquals("IDX_I:38", master.bySymbol("NIFTYNXT50").orElseThrow().key());
  }

  private static String underlying(DhanMaster master, String symbol) {
    return ((Instrument.Future) master.bySymbol(symbol).orElseThrow()).underlying();
  }

  @Test
  void theMainSeriesOfNseHasTheTicker() {
    assertEquals(
        List.of("IRFC", "IRFC-N1", "IRFC-N2"),
        MasterCsv.symbols(
            master(
                share("NSE", "1", "IRFC", "N1", "Bond"),
                share("NSE", "2", "IRFC", "EQ", "Share"),
                share("NSE", "3", "IRFC", "N2", "Bond"))));
  }

  @Test
  void withoutTheSeriesEqTheNextOneIsTheMainOne() {
    DhanMaster master =
        master(
            share("NSE", "1", "IRFC", "N1", "Bond"),
            share("NSE", "2", "IRFC", "BE", "Share"),
            share("NSE", "3", "GOLDSTAR", "SM", "Goldstar"),
            share("NSE", "4", "SGB", "GB", "Gold bond"));
    assertEquals(List.of("GOLDSTAR", "IRFC", "IRFC-N1", "SGB"), MasterCsv.symbols(master));
    assertEquals("NSE_EQ:2", master.bySymbol("IRFC").orElseThrow().key());
  }

  @Test
  void amongSeriesThatAreAllMinorNoneHasTheTicker() {
    assertEquals(
        List.of("NHAI-N1", "NHAI-N2", "NHAI-N3"),
        MasterCsv.symbols(
            master(
                share("NSE", "1", "NHAI", "N1", "Bond"),
                share("NSE", "2", "NHAI", "N2", "Bond"),
                share("NSE", "3", "NHAI", "N3", "Bond"))));
  }

  @Test
  void sharesOfBseHaveASuffixAndSpecialCharactersStay() {
    assertEquals(
        List.of("ARE&M", "ARE&M.BSE", "BAJAJ-AUTO", "BAJAJ-AUTO.BSE"),
        MasterCsv.symbols(
            master(
                share("BSE", "500008", "ARE&M", "A", "Amara"),
                share("NSE", "100", "ARE&M", "EQ", "Amara"),
                share("BSE", "532977", "BAJAJ-AUTO", "A", "Bajaj"),
                share("NSE", "16669", "BAJAJ-AUTO", "EQ", "Bajaj"))));
  }

  @Test
  void aStockDerivativeNamesTheShareOfItsExchange() {
    DhanMaster master =
        master(
            share("NSE", "16669", "BAJAJ-AUTO", "EQ", "Bajaj"),
            share("BSE", "532977", "BAJAJ-AUTO", "A", "Bajaj"),
            future("NSE,D", "1", "FUTSTK,16669", "BAJAJ-AUTO", "2026-12-29"),
            future("BSE,D", "2", "FUTSTK,532977", "BAJAJ-AUTO", "2026-12-31"),
            future("BSE,D", "3", "FUTSTK,540762", "TIINDIA", "2026-12-31"));
    assertEquals("BAJAJ-AUTO", underlying(master, "BAJAJ-AUTO-20261229-FUT"));
    assertEquals("BAJAJ-AUTO.BSE", underlying(master, "BAJAJ-AUTO-20261231-FUT"));
    assertEquals("TIINDIA.BSE", underlying(master, "TIINDIA-20261231-FUT"));
  }

  @Test
  void anIdOfAnotherShareIsNotTheUnderlying() {
    DhanMaster master =
        master(
            share("NSE", "25", "ADANIENT", "EQ", "Adani"),
            future("NSE,D", "1", "FUTSTK,25", "ACME", "2026-12-29"),
            future("NSE,D", "2", "FUTIDX,25", "BANKNIFTY", "2026-12-29"));
    assertEquals("ACME", underlying(master, "ACME-20261229-FUT"));
    assertEquals("BANKNIFTY", underlying(master, "BANKNIFTY-20261229-FUT"));
  }

  @Test
  void strikesHaveNoTrailingZeros() {
    assertEquals(
        List.of("USDINR-20261229-100-CE", "USDINR-20261229-82.25-PE"),
        MasterCsv.symbols(
            master(
                option("NSE,C", "1", "OPTCUR,79", "USDINR", "2026-12-29", "82.25000", "PE"),
                option("NSE,C", "2", "OPTCUR,79", "USDINR", "2026-12-29", "100.00000", "CE"))));
  }

  @Test
  void whoseSymbolIsTakenGetsASuffixAndIsCounted() {
    String[] rows = {
      future("NSE,D", "7", "FUTSTK,1", "ACME", "2026-12-31"),
      future("NSE,D", "8", "FUTSTK,1", "ACME", "2026-12-31"),
      future("NSE,D", "9", "FUTSTK,1", "ACME", "2026-12-31"),
      future("BSE,D", "7", "FUTSTK,2", "ACME", "2026-12-31"),
      future("BSE,D", "8", "FUTSTK,2", "ACME", "2026-12-31"),
      index("NSE", "5", "GOLD", "Gold index"),
      share("NSE", "5", "GOLD", "EQ", "Gold fund"),
      share("BSE", "5", "GOLD", "A", "Gold fund"),
      share("BSE", "6", "GOLD", "B", "Gold fund"),
    };
    List<String> expected =
        List.of(
            "ACME-20261231-FUT",
            "ACME-20261231-FUT.BSE",
            "ACME-20261231-FUT.BSE_FNO",
            "ACME-20261231-FUT.NSE_FNO",
            "ACME-20261231-FUT.NSE_FNO.9",
            "GOLD",
            "GOLD.BSE",
            "GOLD.BSE.BSE_EQ",
            "GOLD.NSE_EQ");
    DhanMaster master = master(rows);
    assertEquals(expected, MasterCsv.symbols(master));
    assertEquals(6, master.report().renamed());
    assertEquals("IDX_I:5", master.bySymbol("GOLD").orElseThrow().key());
  }

  @Test
  void symbolsDoNotDependOnTheOrderOfTheFile() {
    List<String> rows =
        Arrays.asList(
            index("NSE", "5", "GOLD", "Gold index"),
            share("NSE", "5", "GOLD", "EQ", "Gold fund"),
            share("NSE", "6", "IRFC", "N1", "Bond"),
            share("NSE", "7", "IRFC", "EQ", "Share"),
            future("NSE,D", "8", "FUTSTK,7", "IRFC", "2026-12-31"),
            future("BSE,D", "9", "FUTSTK,7", "IRFC", "2026-12-31"));
    List<Instrument> forward = MasterCsv.all(master(rows.toArray(String[]::new)));
    Collections.reverse(rows);
    assertEquals(forward, MasterCsv.all(master(rows.toArray(String[]::new))));
  }

  @Test
  void aSymbolTooLongIsDropped() {
    DhanMaster master =
        master(index("NSE", "1", "X".repeat(65), "Too long"), index("NSE", "2", "Y", "Fine"));
    assertEquals(List.of("Y"), MasterCsv.symbols(master));
    assertEquals(1, master.report().dropped(DropReason.SYMBOL));
  }
}
