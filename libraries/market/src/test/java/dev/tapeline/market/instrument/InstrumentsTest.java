package dev.tapeline.market.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentsTest {

  private static final Instrument NIFTY = instrument("NIFTY", "IDX_I", "13", "Nifty 50");
  private static final Instrument BANKNIFTY = instrument("BANKNIFTY", "IDX_I", "25", "Nifty Bank");
  private static final Instrument FINNIFTY =
      instrument("FINNIFTY", "IDX_I", "27", "Nifty Financial Services");
  private static final Instrument HDFCBANK = instrument("HDFCBANK", "NSE_EQ", "1333", "HDFC Bank");
  private static final Instrument SBIN =
      instrument("SBIN", "NSE_EQ", "3045", "State Bank of India");

  private final Instruments instruments = new Instruments(6, "bus");

  @BeforeEach
  void fill() {
    List.of(SBIN, HDFCBANK, FINNIFTY, BANKNIFTY, NIFTY)
        .forEach(each -> instruments.add("dhan", each));
  }

  @ParameterizedTest
  @CsvSource({
    "nifty, NIFTY FINNIFTY BANKNIFTY",
    "NSE_EQ:1333, HDFCBANK",
    "bank, BANKNIFTY SBIN HDFCBANK",
    "hdfc, HDFCBANK",
    "finan, FINNIFTY",
    "tate, SBIN",
    "zzz, ''",
  })
  void searchRanksTheLikeliestFirst(String text, String symbols) {
    List<String> expected = symbols.isEmpty() ? List.of() : List.of(symbols.split(" "));
    assertEquals(expected, symbols(instruments.search(text, 10)));
  }

  @Test
  void contractsComeBehindWhatTheyAreOn() {
    Instruments all = new Instruments(10, "bus");
    LocalDate expiry = LocalDate.of(2026, 12, 29);
    Instrument future =
        new Instrument.Future(
            new Reference("NIFTY-20261229-FUT", "NSE_FNO", "1", "Nifty Dec", BigDecimal.ZERO),
            "NIFTY",
            expiry,
            BigDecimal.TEN);
    Instrument index =
        new Instrument.Index(
            new Reference("FINNIFTY", "IDX_I", "27", "Nifty Financial", BigDecimal.ZERO));
    all.add("a", future);
    all.add("a", index);
    assertEquals(List.of(index, future), all.search("nifty", 5));
    assertEquals(List.of(index), all.search("nifty", 1));
    assertEquals(
        List.of(future), all.search(new InstrumentQuery("", "NIFTY", expiry, null, null), 5));
  }

  @Test
  void searchStopsAtTheLimitAndEmptyFindsAll() {
    assertEquals(List.of("NIFTY", "FINNIFTY"), symbols(instruments.search("nifty", 2)));
    assertEquals(5, instruments.search("", 10).size());
  }

  @Test
  void foundBySymbolAndByKey() {
    assertEquals(Optional.of(HDFCBANK), instruments.bySymbol("HDFCBANK"));
    assertEquals(Optional.of(NIFTY), instruments.byKey("IDX_I:13"));
    assertEquals(Optional.empty(), instruments.byKey("IDX_I:14"));
  }

  @Test
  void symbolAndKeyBelongToOneSource() {
    instruments.add("dhan", NIFTY);
    assertEquals(5, instruments.size());
    assertRefused(instrument("NIFTY", "IDX_I", "99", "Other"), "of the source dhan");
    assertRefused(instrument("OTHER", "IDX_I", "13", "Other"), "of the source dhan");
    assertEquals(Optional.of("dhan"), instruments.sourceOf("NIFTY"));
    assertEquals(Optional.empty(), instruments.sourceOf("OTHER"));
  }

  private void assertRefused(Instrument instrument, String reason) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> instruments.add("simulator", instrument))
            .getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void theYieldingSourceGivesUpWhatAnotherHas() {
    Instrument heard = instrument("SENSEX", "BUS", "SENSEX", "SENSEX");
    Instrument real = instrument("SENSEX", "IDX_I", "51", "S&P BSE Sensex");
    instruments.add("bus", heard);
    instruments.add("dhan", real);
    assertEquals(Optional.of(real), instruments.bySymbol("SENSEX"));
    assertEquals(Optional.empty(), instruments.byKey("BUS:SENSEX"));
    assertThrows(IllegalArgumentException.class, () -> instruments.add("bus", heard));
    assertEquals(Optional.of("dhan"), instruments.sourceOf("SENSEX"));
  }

  @Test
  void whatIsGivenUpIsAChange() {
    instruments.add("bus", instrument("SENSEX", "BUS", "SENSEX", "SENSEX"));
    assertEquals(1, instruments.revision("bus"));
    assertEquals(1, instruments.sizeOf("bus"));
    instruments.add("dhan", instrument("SENSEX", "IDX_I", "51", "S&P BSE Sensex"));
    assertEquals(2, instruments.revision("bus"));
    assertEquals(0, instruments.sizeOf("bus"));
    assertEquals(6, instruments.sizeOf("dhan"));
  }

  @Test
  void theYieldingSourceGivesUpWhatACatalogueHas() {
    instruments.add("bus", instrument("SENSEX", "BUS", "SENSEX", "SENSEX"));
    Instrument listed = instrument("SENSEX", "IDX_I", "51", "S&P BSE Sensex");
    instruments.addCatalogue("dhan", new ListedInstruments(List.of(listed)));
    assertEquals(Optional.of(listed), instruments.bySymbol("SENSEX"));
    assertEquals(Optional.of("dhan"), instruments.sourceOf("SENSEX"));
    assertEquals(Optional.empty(), instruments.tellerOf("SENSEX"));
    assertEquals(0, instruments.sizeOf("bus"));
  }

  @Test
  void theYieldingSourceKeepsWhatAnotherIsRefused() {
    Instrument heard = instrument("SENSEX", "BUS", "SENSEX", "SENSEX");
    instruments.add("bus", heard);
    assertRefused(instrument("SENSEX", "IDX_I", "13", "Key of NIFTY"), "of the source dhan");
    assertRefused(instrument("NIFTY", "BUS", "SENSEX", "Key of SENSEX"), "of the source dhan");
    assertEquals(Optional.of(heard), instruments.bySymbol("SENSEX"));
    assertEquals(Optional.of(heard), instruments.byKey("BUS:SENSEX"));
    assertEquals(1, instruments.revision("bus"));
  }

  @Test
  void aChangeOfASourceIsARevision() {
    assertEquals(5, instruments.revision("dhan"));
    instruments.add("dhan", NIFTY);
    assertEquals(5, instruments.revision("dhan"));
    instruments.add("dhan", instrument("NIFTY", "IDX_I", "13", "Nifty"));
    assertTrue(instruments.revision("dhan") > 5);
    assertEquals(0, instruments.revision("bus"));
  }

  @Test
  void listenersHearWhatIsNewAndWhatIsReplaced() {
    List<String> heard = new ArrayList<>();
    instruments.listen(
        new Instruments.Listener() {
          @Override
          public void onChanged(Instrument instrument) {
            heard.add(instrument.symbol());
          }

          @Override
          public void onListed() {
            heard.add("list");
          }
        });
    instruments.add("dhan", NIFTY);
    instruments.add("bus", instrument("SENSEX", "IDX_I", "51", "heard"));
    instruments.add("dhan", instrument("BSESENSEX", "IDX_I", "51", "S&P BSE Sensex"));
    instruments.addCatalogue("dhan", new ListedInstruments(List.of()));
    assertEquals(List.of("SENSEX", "SENSEX", "BSESENSEX", "list"), heard);
  }

  @Test
  void aSourceMayTellMoreOfItsInstrument() {
    Instrument renamed = instrument("NIFTY", "IDX_I", "14", "Nifty Fifty");
    instruments.add("dhan", renamed);
    assertEquals(Optional.of(renamed), instruments.bySymbol("NIFTY"));
    assertEquals(Optional.of(renamed), instruments.byKey("IDX_I:14"));
    assertEquals(Optional.empty(), instruments.byKey("IDX_I:13"));
    assertThrows(
        IllegalArgumentException.class,
        () -> instruments.add("dhan", instrument("OTHER", "IDX_I", "25", "Other")));
  }

  @Test
  void takesOnlySoMany() {
    instruments.add("binance", Instrument.binance("BTCUSDT"));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> instruments.add("binance", Instrument.binance("ETHUSDT")))
            .getMessage();
    assertEquals("no room for ETHUSDT: there can be 6 instruments", message);
    instruments.add("binance", Instrument.binance("BTCUSDT"));
    assertEquals(6, instruments.size());
    assertEquals(List.of("BTCUSDT"), symbols(instruments.of("binance")));
  }

  @Test
  void derivativesHaveTheirTerms() {
    Reference reference =
        new Reference("NIFTY24000CE", "NSE_FNO", "1", "Nifty call", BigDecimal.ONE);
    LocalDate expiry = LocalDate.of(2026, 12, 31);
    BigDecimal lot = new BigDecimal("75");
    Instrument option =
        new Instrument.Option(
            reference, "NIFTY", expiry, new BigDecimal("24000"), Instrument.Right.CALL, lot);
    assertEquals("option", option.type());
    assertEquals("NSE_FNO:1", option.key());
    assertEquals("future", new Instrument.Future(reference, "NIFTY", expiry, lot).type());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Instrument.Option(
                reference, "NIFTY", expiry, BigDecimal.ZERO, Instrument.Right.PUT, lot));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Instrument.Future(reference, "NIFTY", expiry, BigDecimal.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Instrument.Future(reference, "NI FTY", expiry, lot));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A B", "A*", "A:B", "A,B", "A\"", "A\n", "Ä"})
  void unsafeSymbolsAreRefused(String symbol) {
    assertThrows(IllegalArgumentException.class, () -> instrument(symbol, "NSE_EQ", "1", "Name"));
  }

  @Test
  void symbolsOfOtherExchangesAndAmpersandsAreFine() {
    assertEquals("BSE_EQ:500325", instrument("RELIANCE.BSE", "BSE_EQ", "500325", "R").key());
    assertEquals("M&M", instrument("M&M", "NSE_EQ", "2031", "Mahindra").symbol());
  }

  private static List<String> symbols(List<Instrument> found) {
    return found.stream().map(Instrument::symbol).toList();
  }

  private static Instrument instrument(String symbol, String segment, String id, String name) {
    return new Instrument.Share(new Reference(symbol, segment, id, name, new BigDecimal("0.05")));
  }
}
