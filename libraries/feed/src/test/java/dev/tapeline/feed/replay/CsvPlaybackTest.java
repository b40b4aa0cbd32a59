package dev.tapeline.feed.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FailingListener;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedRecorder;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CsvPlaybackTest {

  private static final String HEADER = "time,symbol,price,quantity,side\n";
  private static final String GOLD = "futures/comex_gcz3_20131007_trades.csv.gz";
  private static final long MIDNIGHT = Instant.parse("2013-10-07T00:00:00Z").toEpochMilli();

  @TempDir Path folder;
  private final FeedRecorder recorder = new FeedRecorder();
  private final List<ReplayFeed> feeds = new ArrayList<>();

  @AfterEach
  void close() {
    feeds.forEach(ReplayFeed::close);
  }

  private ReplayFeed start(Path file, ReplayRange range, TickListener ticks) {
    ReplayFeed feed =
        new ReplayFeed(
            new CsvPlayback(new Recording(file), range, CsvPlayback::instrument),
            new ReplayOptions(Pace.MAX, false, false),
            ReplayGate.OPEN,
            InstantSource.system());
    feeds.add(feed);
    feed.start(recorder, ticks);
    return feed;
  }

  private void play(Path file) {
    start(file, ReplayRange.ALL, recorder);
    recorder.awaitEnd();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("trades.csv"), text);
  }

  private List<String> trades() {
    return recorder.ticks().stream()
        .map(Tick.Trade.class::cast)
        .map(it ->
            "%s %s %s %s"
                .formatted(it.instrument().key(), it.price(), it.quantity(), it.aggressor()))
        .toList();
  }

  @Test
  void tradesArePlayedAsTheyStand() throws IOException {
    play(
        file(
            "\ufeff"
                + HEADER
                + "2013-10-07T00:00:00.276Z,GC,1313.70,1,buy\r\n"
                + "1381104000300,GC,1313.6,0,S\n"
                + "\n"
                + "1381104000.4,\"SI\",-1.5,,\n"));
    assertEquals(
        List.of("CSV:GC 1313.70 1 BUY", "CSV:GC 1313.6 0 SELL", "CSV:SI -1.5 null null"), trades());
    assertEquals(
        List.of(MIDNIGHT + 276, MIDNIGHT + 300, MIDNIGHT + 400),
        recorder.ticks().stream().map(it -> it.times().exchange()).toList());
    assertEquals(List.of(), recorder.faults());
  }

  @ParameterizedTest
  @CsvSource({
    "2013-10-07T05:30:00.25+05:30, 1381104000250000000",
    "2013-10-07 00:00:00.25+00:00, 1381104000250000000",
    "2013-10-07T00:00:00Z, 1381104000000000000",
    "1381104000, 1381104000000000000",
    "1381104000.123456789, 1381104000123456789",
    "1.3811040005E9, 1381104000500000000",
    "1381104000250, 1381104000250000000",
    "1381104000250.5, 1381104000250500000",
    "1381104000250001, 1381104000250001000",
    "1381104000250001002, 1381104000250001002",
  })
  void timesAreToldByTheirForm(String text, long nanos) {
    assertEquals(nanos, CsvTime.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2013-10-07T00:00:00",
        "2013-10-07",
        "0",
        "17",
        "99999999999999999999",
        "-5",
        "1381104000s",
        "1e999999999",
        "2013-13-07T00:00:00Z",
        "1999-01-01T00:00:00Z",
        "2900-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> CsvTime.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "now,GC,1,1,|'now' is no time",
        "2013-10-07T00:00:00,GC,1,1,|'2013-10-07T00:00:00' is no time; write one with its zone",
        "1381104000,,1,1,|not a symbol: ''",
        "1381104000,A/B,1,1,|not a symbol: 'A/B'",
        "1381104000,GC,,1,|a number of 0 characters",
        "1381104000,GC,1x,1,|not a number: 1x",
        "1381104000,GC,1,-1,|a negative quantity: -1",
        "1381104000,GC,1,1,up|'up' is no side; write buy, sell, b, s or nothing",
        "1381104000,GC,1,1|4 fields where the header has 5",
        "1381104000,GC,1,1,,|6 fields where the header has 5",
        "1381104000,\"GC,1,1,|a quote that does not end in its line",
        "1381104000,\"G\"C,1,1,|a field goes on behind its quotes",
      })
  void aBadLineIsNamedAndTheRestIsPlayed(String line, String reason) throws IOException {
    play(file(HEADER + "1381104000,GC,1,1,\n" + line + "\n1381104001,GC,2,2,\n"));
    assertEquals(List.of("CSV:GC 1 1 null", "CSV:GC 2 2 null"), trades());
    FeedFault fault = recorder.faults().getFirst();
    assertEquals(1, recorder.faults().size());
    assertEquals(3, fault.line());
    assertTrue(fault.reason().startsWith("left out: " + reason), fault.reason());
  }

  @Test
  void columnsStandInAnyOrderAndOthersAreLeftOut() throws IOException {
    play(file("Venue, Quantity,price,symbol,time\nX,2,1.5,GC,1381104000\n"));
    assertEquals(List.of("CSV:GC 1.5 2 null"), trades());
  }

  @Test
  void timesThatGoBackArePlayedInTheOrderOfTheFile() throws IOException {
    play(file(HEADER + "1381104002,GC,1,1,\n1381104000,GC,2,1,\n1381104001,GC,3,1,\n"));
    assertEquals(List.of("CSV:GC 1 1 null", "CSV:GC 2 1 null", "CSV:GC 3 1 null"), trades());
    assertEquals(List.of(), recorder.faults());
  }

  @Test
  void aHeaderThatLacksColumnsSaysWhichAndWhatIsNeeded() throws IOException {
    String message = refusal(file("ms_since_midnight_utc,price,qty,exchange\n276,1313.7,1,usa\n"));
    assertTrue(
        message.endsWith(
            "line 1: the header 'ms_since_midnight_utc,price,qty,exchange' has no column time,"
                + " symbol, quantity; it must have time,symbol,price,quantity and may have side"),
        message);
    assertTrue(refusal(file("")).contains("it has no frame"));
    assertTrue(refusal(file(HEADER)).contains("it has no frame"));
  }

  private String refusal(Path file) {
    return assertThrows(FeedException.class, () -> play(file)).getMessage();
  }

  @Test
  void theFilesOfAZipArePlayedInTheOrderOfTheirNames() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      add(zip, "b.csv", "symbol,time,price,quantity\nGC,1381104009,3,1\n");
      add(zip, "c.csv", "what is this\n");
      add(zip, "a.csv", HEADER + "1381104000,GC,1,1,\nbad\n1381104001,GC,2,1,\n");
    }
    play(Files.write(folder.resolve("all.zip"), out.toByteArray()));
    assertEquals(List.of("CSV:GC 1 1 null", "CSV:GC 2 1 null", "CSV:GC 3 1 null"), trades());
    assertEquals(List.of(3L, 1L), recorder.faults().stream().map(FeedFault::line).toList());
    String reasons = recorder.faults().toString();
    assertTrue(reasons.contains("a.csv: 1 fields where the header has 5"), reasons);
    assertTrue(reasons.contains("c.csv: the header 'what is this' has no column time"), reasons);
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aZipOfNothingAndADamagedOneAreSaid() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      add(zip, "a.csv", HEADER);
    }
    byte[] bytes = out.toByteArray();
    assertTrue(refusal(Files.write(folder.resolve("a.zip"), bytes)).contains("no frame"));
    byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);
    assertTrue(refusal(Files.write(folder.resolve("b.zip"), cut)).contains("can't be read"));
  }

  @Test
  void aRangeLeavesOutTheOtherLines() throws IOException {
    Path file =
        file(
            HEADER
                + "1381104000,GC,1,1,\n"
                + "1381104060,GC,2,1,\n"
                + "1381104120,GC,3,1,\n"
                + "1381104061,GC,4,1,\n");
    ReplayRange minute =
        new ReplayRange(ReplayTime.parse("00:01"), ReplayTime.parse("2013-10-07T00:02:00Z"));
    start(file, minute, recorder);
    recorder.awaitEnd();
    assertEquals(List.of("CSV:GC 2 1 null", "CSV:GC 4 1 null"), trades());
    ReplayRange later = new ReplayRange(ReplayTime.parse("12:00"), null);
    String message =
        assertThrows(FeedException.class, () -> start(file, later, recorder)).getMessage();
    assertTrue(message.endsWith("none of its 4 lines is in the range of from and to"), message);
  }

  @Test
  void anErrorOfAListenerIsNoFaultOfTheLine() throws IOException {
    start(file(HEADER + "1381104000,GC,1,1,\n"), ReplayRange.ALL, new FailingListener());
    recorder.awaitEnd();
    assertEquals(List.of("failed: a bug of the listener"), recorder.ends());
    assertEquals(List.of(), recorder.faults());
  }

  @Test
  void theRealGoldFileSaysWhatItLacksAndPlaysWholeInTheShapeOfTheContract() throws IOException {
    Path real = SharedFiles.path(GOLD);
    assertTrue(refusal(real).contains("has no column time, symbol, quantity"));
    Path shaped = folder.resolve("gold.csv.gz");
    List<BigDecimal> quantities = shape(real, shaped);
    play(shaped);
    assertEquals(39_702, recorder.ticks().size());
    assertEquals(
        quantities, recorder.ticks().stream().map(it -> ((Tick.Trade) it).quantity()).toList());
    assertTrue(quantities.contains(BigDecimal.ZERO));
    assertEquals(List.of(), recorder.faults());
  }

  /** Writes the file in the shape of the contract; the quantities in it. */
  private static List<BigDecimal> shape(Path real, Path shaped) throws IOException {
    List<BigDecimal> quantities = new ArrayList<>();
    StringBuilder text = new StringBuilder("time,symbol,price,quantity\n");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(real)), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(fields -> {
            long time = MIDNIGHT + Long.parseLong(fields[0]);
            text.append("%d,GCZ3,%s,%s\n".formatted(time, fields[1], fields[2]));
            quantities.add(new BigDecimal(fields[2]));
          });
    }
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(shaped))) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    return quantities;
  }

  @Test
  void sidesAreToldByWordOrLetter() {
    CsvColumns columns = CsvColumns.of(List.of("time", "symbol", "price", "quantity", "side"));
    List<Side> sides = new ArrayList<>();
    for (String side : List.of("buy", "SELL", "b", "s", "")) {
      sides.add(CsvTrade.parse(List.of("1381104000", "GC", "1", "1", side), columns).side());
    }
    assertEquals(Arrays.asList(Side.BUY, Side.SELL, Side.BUY, Side.SELL, null), sides);
  }
}
