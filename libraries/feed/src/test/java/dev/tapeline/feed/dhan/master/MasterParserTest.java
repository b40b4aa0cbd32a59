package dev.tapeline.feed.dhan.master;

import static dev.tapeline.feed.dhan.master.MasterCsv.ACME;
import static dev.tapeline.feed.dhan.master.MasterCsv.CALL;
import static dev.tapeline.feed.dhan.master.MasterCsv.FUTURE;
import static dev.tapeline.feed.dhan.master.MasterCsv.HEADER;
import static dev.tapeline.feed.dhan.master.MasterCsv.NIFTY;
import static dev.tapeline.feed.dhan.master.MasterCsv.TODAY;
import static dev.tapeline.feed.dhan.master.MasterCsv.file;
import static dev.tapeline.feed.dhan.master.MasterCsv.master;
import static dev.tapeline.feed.dhan.master.MasterCsv.parse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Reference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the file, and what is wrong with some. */
class MasterParserTest {

  @Test
  void eachKindOfRowIsItsInstrument() {
    DhanMaster master = master(NIFTY, ACME, CALL, FUTURE);
    assertEquals(
        Optional.of(new Instrument.Index(reference("NIFTY", "IDX_I", "13", "Nifty 50", "0.05"))),
        master.byKey("IDX_I:13"));
    assertEquals(
        Optional.of(new Instrument.Share(reference("ACME", "NSE_EQ", "13", "Acme India", "0.05"))),
        master.byKey("NSE_EQ:13"));
    assertEquals(
        Optional.of(
            new Instrument.Option(
                reference(
                    "NIFTY-20261208-26000-CE", "NSE_FNO", "70001", "NIFTY 26000.00000 CE", "0.05"),
                "NIFTY",
                LocalDate.of(2026, 12, 8),
                new BigDecimal("26000"),
                Right.CALL,
                new BigDecimal("65"))),
        master.byKey("NSE_FNO:70001"));
    assertEquals(
        Optional.of(
            new Instrument.Future(
                reference("NIFTY-20261229-FUT", "NSE_FNO", "70002", "NIFTY FUT", "0.1"),
                "NIFTY",
                LocalDate.of(2026, 12, 29),
                new BigDecimal("65"))),
        master.byKey("NSE_FNO:70002"));
    assertEquals(new MasterReport(4, 4, Map.of(), 0, 0, null), master.report());
  }

  private static Reference reference(
      String symbol, String segment, String id, String name, String tick) {
    return new Reference(symbol, segment, id, name, new BigDecimal(tick));
  }

  @Test
  void detailsAreThoseOfTheKey() {
    DhanMaster master = master(NIFTY, ACME, CALL, FUTURE);
    assertEquals(
        Optional.of(details("EQ", "INE000A00013", "", "585", "715.5", "9000")),
        master.details("NSE_EQ:13"));
    assertEquals(
        Optional.of(details("", "", "W", "0.05", "910.5", "1801")),
        master.details("NSE_FNO:70001"));
    assertEquals(
        Optional.of(new MasterDetails("", "", "N", null, null, null)), master.details("IDX_I:13"));
    assertNull(master.details("NSE_FNO:70002").orElseThrow().freezeQuantity());
    assertEquals(Optional.empty(), master.details("NSE_EQ:14"));
  }

  private static MasterDetails details(
      String series, String isin, String flag, String lower, String upper, String freeze) {
    return new MasterDetails(
        series, isin, flag, new BigDecimal(lower), new BigDecimal(upper), new BigDecimal(freeze));
  }

  /** A good row, in which the first text is replaced by the second. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NSE,D,70001 | NSE,M,70001 | NOT_IN_FEED",
        "NSE,D,70001 | NSE,X,70001 | SEGMENT",
        "NSE,D,70001 | ICEX,D,70001 | SEGMENT",
        "OPTIDX | OPTXYZ | KIND",
        "70001 | 7000x | SECURITY_ID",
        "70001 | 70001.0 | SECURITY_ID",
        "70001 | 4294967296 | SECURITY_ID",
        "70001 | '' | SECURITY_ID",
        "26000,NIFTY | 26000, | SYMBOL",
        "26000,NIFTY | 26000,* | SYMBOL",
        "26000,NIFTY | 26000,11NSETEST | TEST",
        "2026-12-08 | 2026-11-29 | EXPIRED",
        "2026-12-08 | 0001-01-01 | EXPIRED",
        "2026-12-08 | '' | EXPIRY",
        "2026-12-08 | 08/12/2026 | EXPIRY",
        "2026-12-08 | 2026-02-30 | EXPIRY",
        "26000.00000,CE | -0.01000,CE | STRIKE",
        "26000.00000,CE | 0.00000,CE | STRIKE",
        "26000.00000,CE | ,CE | STRIKE",
        "26000.00000,CE | NaN,CE | STRIKE",
        "26000.00000,CE | 26000.00000,XX | RIGHT",
        "65.0 | 0.0 | LOT",
        "65.0 | -1 | LOT",
        "65.0 | '' | LOT",
        "5.0000 | 5.0000,1 | COLUMNS",
        "',5.0000' | '' | COLUMNS"
      })
  void aRowThatCannotBeUsedIsDroppedForItsReason(String text, String other, DropReason reason) {
    assertTrue(CALL.contains(text), text);
    DhanMaster master = master(CALL.replace(text, other), NIFTY, FUTURE);
    assertEquals(new MasterReport(3, 2, Map.of(reason, 1), 0, 0, null), master.report());
    assertEquals(List.of("NIFTY", "NIFTY-20261229-FUT"), MasterCsv.symbols(master));
  }

  @Test
  void whatExpiresTodayIsLive() {
    String today = CALL.replace("2026-12-08", TODAY.toString());
    assertEquals(List.of("NIFTY-20261130-26000-CE"), MasterCsv.symbols(master(today)));
  }

  @Test
  void anExpiryMayHaveATime() {
    String timed = CALL.replace("2026-12-08", "2026-12-08 14:30:00");
    assertEquals(List.of("NIFTY-20261208-26000-CE"), MasterCsv.symbols(master(timed)));
  }

  @Test
  void theLastRowOfAKeyWins() {
    DhanMaster master = master(NIFTY.replace("Nifty 50", "Old"), ACME, NIFTY);
    assertEquals("Nifty 50", master.byKey("IDX_I:13").orElseThrow().name());
    assertEquals(
        new MasterReport(3, 2, Map.of(DropReason.DUPLICATE, 1), 0, 0, null), master.report());
  }

  @ParameterizedTest
  @CsvSource({
    "5.0000, 0.05",
    "1.0000, 0.01",
    "0.2500, 0.0025",
    "100.0000, 1",
    "0, 0",
    "1E+4, 100",
  })
  void theTickSizeIsInPaise(String paise, String rupees) {
    DhanMaster master = master(ACME.replace("5.0000,NA", paise + ",NA"));
    assertEquals(new BigDecimal(rupees), master.byKey("NSE_EQ:13").orElseThrow().tickSize());
    assertEquals(0, master.report().withoutTick());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-5.0000"})
  void aTickSizeThatCannotBeReadIsZeroAndCounted(String tick) {
    DhanMaster master = master(ACME.replace("5.0000,NA", tick + ",NA"));
    assertEquals(BigDecimal.ZERO, master.byKey("NSE_EQ:13").orElseThrow().tickSize());
    assertEquals(1, master.report().withoutTick());
  }

  @Test
  void lotsAreThoseOfEachContract() {
    String far = CALL.replace("70001", "70003").replace("12-08", "12-31").replace("65.0", "25.0");
    DhanMaster master = master(CALL, far);
    assertEquals(
        List.of(new BigDecimal("65"), new BigDecimal("25")),
        List.of("NSE_FNO:70001", "NSE_FNO:70003").stream()
            .map(key -> ((Instrument.Option) master.byKey(key).orElseThrow()).lot())
            .toList());
  }

  @Test
  void columnsAreFoundByName() {
    List<String> names = Arrays.asList(HEADER.split(","));
    List<String> values = Arrays.asList(CALL.split(","));
    Collections.reverse(names);
    Collections.reverse(values);
    String header = String.join(",", names).toLowerCase(Locale.ROOT);
    DhanMaster master = parse("\uFEFF" + header + "\r\n" + String.join(",", values) + "\r\n");
    assertEquals(master(CALL).byKey("NSE_FNO:70001"), master.byKey("NSE_FNO:70001"));
    assertEquals(master(CALL).details("NSE_FNO:70001"), master.details("NSE_FNO:70001"));
  }

  @Test
  void aNameInQuotesMayHaveACommaAndQuotes() {
    DhanMaster master = master(ACME.replace("Acme India", "\"Acme, the \"\"best\"\" one\""));
    assertEquals("Acme, the \"best\" one", master.byKey("NSE_EQ:13").orElseThrow().name());
  }

  @Test
  void aQuoteThatIsNotClosedIsACharacter() {
    DhanMaster master = master(ACME.replace("Acme India", "\"Acme"), NIFTY);
    assertEquals("\"Acme", master.byKey("NSE_EQ:13").orElseThrow().name());
    assertEquals(2, master.size());
  }

  @ParameterizedTest
  @CsvSource({
    "'SENSEX NOV  FUT', SENSEX NOV FUT",
    "' A\tB\u0001 ', A B",
    "'', ACME LIMITED",
    "É & Ż, É & Ż",
  })
  void namesHaveSingleBlanks(String text, String name) {
    DhanMaster master = master(ACME.replace("Acme India", text));
    assertEquals(name, master.byKey("NSE_EQ:13").orElseThrow().name());
  }

  @Test
  void aLongNameIsCutButNoCharacterIsCutInHalf() {
    DhanMaster master = master(ACME.replace("Acme India", "x" + "\uD83D\uDE00".repeat(90)));
    String name = master.byKey("NSE_EQ:13").orElseThrow().name();
    assertEquals("x" + "\uD83D\uDE00".repeat(63), name);
  }

  @Test
  void aLineWithoutEndIsSkippedAlone() {
    DhanMaster master = master(NIFTY, "x".repeat(LineInput.MAX_LENGTH + 1), "", ACME);
    assertEquals(
        new MasterReport(3, 2, Map.of(DropReason.TOO_LONG, 1), 0, 0, null), master.report());
  }

  @Test
  void rowsBeyondTheLimitAreCounted() throws IOException {
    byte[] bytes = file(NIFTY, ACME, CALL, FUTURE).getBytes(StandardCharsets.UTF_8);
    DhanMaster master = new MasterParser(new ByteArrayInputStream(bytes), TODAY, 3).parse();
    assertEquals(
        new MasterReport(4, 3, Map.of(DropReason.NO_ROOM, 1), 0, 0, null), master.report());
  }

  @Test
  void aCommaAtTheEndOfALineMayBeLeftOut() {
    String comma = ",$";
    String row = FUTURE.replaceFirst(comma, "");
    assertEquals(1, master(row).size());
    assertEquals(1, parse(HEADER.replaceFirst(comma, "") + "\n" + row + "\n").size());
    assertEquals(1, parse(HEADER.replaceFirst(comma, "") + "\n" + FUTURE + "\n").size());
    assertEquals(0, parse(HEADER.replaceFirst(comma, "") + "\n" + FUTURE + ",\n").size());
  }

  @Test
  void aFileWithoutItsColumnsIsAProblem() {
    assertEquals("it is empty", parse("").report().problem());
    assertEquals(
        "its first line is no header of the master: it lacks [LOT_SIZE, TICK_SIZE]",
        parse(file(CALL).replace("LOT_SIZE", "LOT").replace("TICK_SIZE", "TICK"))
            .report()
            .problem());
    assertEquals(0, parse("<html>\n<body>\n").size());
  }

  @Test
  void aFileThatBreaksOffIsAProblemButItsRowsAreTaken() {
    String whole = file(NIFTY, ACME);
    assertNull(parse(whole).report().problem());
    assertNull(parse(whole + "\n").report().problem());
    String broken = "it ends in the middle of a row";
    assertEquals(broken, parse(whole.stripTrailing()).report().problem());
    assertEquals(broken, parse(whole.substring(0, whole.length() - 40)).report().problem());
    assertEquals(broken, parse(whole + "NSE,E,1\n").report().problem());
    assertEquals(2, parse(whole + "NSE,E,1\n").size());
  }

  @Test
  void theReportIsReadByPeople() {
    String text = master(CALL.replace("65.0", ""), NIFTY, NIFTY).report().toString();
    assertEquals(
        "3 rows, 1 taken, 0 renamed, 0 without tick size, dropped {LOT=1, DUPLICATE=1}", text);
    assertEquals(
        "0 rows, 0 taken, 0 renamed, 0 without tick size, dropped {}: it is empty",
        parse("").report().toString());
  }
}
