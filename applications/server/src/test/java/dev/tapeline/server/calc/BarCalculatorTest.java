package dev.tapeline.server.calc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.server.calendar.CalendarFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bars of others, made again of their trades, and rows that can't be read. */
class BarCalculatorTest {

  private static final String HEADER = "time,price,quantity\n";
  private static final long COMEX_DAY = 1_381_104_000_000L; // 2013-10-07 UTC

  private List<String> leftOut = List.of();

  private List<String> bars(String frame, String session, String input) {
    StringWriter out = new StringWriter();
    try {
      BarCalculator calculator =
          new BarCalculator(
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              Frame.parse(frame),
              SessionClass.parse(CalendarFile.builtIn(), session));
      assertTrue(calculator.writeTo(new PrintWriter(out)));
      leftOut = calculator.leftOut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> lines = out.toString().lines().toList();
    assertEquals(BarCalculator.HEADER, lines.getFirst());
    return lines.subList(1, lines.size());
  }

  private static List<String> unzipped(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(SharedFiles.path(name)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
  }

  /** The bars of the vendor, but for the last one of the day, which it has cut off. */
  @Test
  void theMinutesOfADayOfGoldAreTheVendors() throws IOException {
    StringBuilder trades = new StringBuilder(HEADER);
    List<Long> times = new ArrayList<>();
    for (String line : unzipped("futures/comex_gcz3_20131007_trades.csv.gz")) {
      String[] fields = line.split(",", -1);
      long time = COMEX_DAY + Long.parseLong(fields[0]);
      times.add(time / 60_000 * 60_000);
      trades.append("%d,%s,%s%n".formatted(time, fields[1], fields[2]));
    }
    List<String> expected = new ArrayList<>();
    for (String line : unzipped("futures/comex_gcz3_20131007_1m.csv.gz")) {
      String[] f = line.split(",", -1);
      expected.add(
          "%d %s %s %s %s %s"
              .formatted(
                  COMEX_DAY + Long.parseLong(f[0]),
                  plain(f[1]),
                  plain(f[2]),
                  plain(f[3]),
                  plain(f[4]),
                  plain(f[5])));
    }
    List<String> got =
        bars("1m", "UTC", trades.toString()).stream().map(BarCalculatorTest::six).toList();
    assertEquals(times.stream().distinct().count(), got.size());
    assertEquals(expected.subList(0, expected.size() - 1), got.subList(0, got.size() - 1));
    assertEquals(List.of(), leftOut);
  }

  private static String six(String line) {
    String[] f = line.split(",", -1);
    return "%s %s %s %s %s %s"
        .formatted(f[0], plain(f[1]), plain(f[2]), plain(f[3]), plain(f[4]), plain(f[5]));
  }

  private static String plain(String number) {
    return new BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  /** Dhan's bars of 15 minutes are after a bonus share: half the prices, twice the volumes. */
  @Test
  void theQuartersOfADayOfAShareAddUpFromItsMinutesFromTheOpenOn() throws IOException {
    JsonNode minutes = json("dhan/dhan_hdfcbank_1m_20240911_13.json");
    StringBuilder trades = new StringBuilder(HEADER);
    for (int i = 0; i < minutes.path("timestamp").size(); i++) {
      long time = minutes.path("timestamp").path(i).asLong();
      for (String name : List.of("open", "high", "low")) {
        trades.append("%d,%s,0%n".formatted(time, minutes.path(name).path(i).asString()));
      }
      String volume = plain(minutes.path("volume").path(i).asString());
      trades.append(
          "%d,%s,%s%n".formatted(time + 59, minutes.path("close").path(i).asString(), volume));
    }
    JsonNode quarters = json("dhan/dhan_hdfcbank_15m_20240911_13.json");
    List<String> got = bars("15m", "NSE_EQ", trades.toString());
    assertEquals(List.of(), leftOut);
    assertEquals(75, got.size());
    for (int i = 0; i < got.size(); i++) {
      String[] bar = got.get(i).split(",", -1);
      assertEquals(quarters.path("timestamp").path(i).asLong(), Long.parseLong(bar[0]));
      String[] names = {"open", "high", "low", "close"};
      for (int k = 0; k < names.length; k++) {
        double half = Double.parseDouble(bar[k + 1]) / 2;
        double theirs = quarters.path(names[k]).path(i).asDouble();
        assertEquals(theirs, half, 0.0251, got.get(i)); // rounded to 0.05
      }
      assertEquals(
          quarters.path("volume").path(i).asDouble(), 2 * Double.parseDouble(bar[5]), got.get(i));
    }
  }

  private static JsonNode json(String name) throws IOException {
    return JsonMapper.shared().readTree(SharedFiles.path(name).toFile());
  }

  @Test
  void timesAreWrittenInTheUnitOfTheFile() {
    assertEquals(
        List.of("1381104060,1.5,1.5,1.5,1.5,2,1"),
        bars("1m", "UTC", HEADER + "1381104061,1.50,2\n"));
    assertEquals(
        List.of("1381104060000000,1,1,1,1,2,1"),
        bars("1m", "UTC", HEADER + "1381104061000000,1,2\n"));
    assertEquals(
        List.of("2026-06-01T03:45:00Z,1,1,1,1,,1"),
        bars("1h", "NSE_FNO", "quantity,time,price\n,2026-06-01T09:16:00+05:30,1\n"));
  }

  @Test
  void aTradeThatIsLateIsInItsBar() {
    assertEquals(
        List.of("1381104000,2,2,1,1,3,2", "1381104060,5,5,5,5,1,1"),
        bars("1m", "UTC", HEADER + "1381104030,1,1\n1381104061,5,1\n1381104020,2,2\n"));
  }

  @Test
  void whatNoBarTakesIsCounted() {
    assertEquals(
        List.of("2026-06-01T03:45:00Z,1,1,1,1,1,1"),
        bars(
            "1m",
            "NSE_FNO",
            HEADER
                + "2026-06-01T09:00:00+05:30,1,1\n2026-06-01T09:15:00+05:30,1,1\n"
                + "2026-06-01T09:15:01+05:30,0,1\n"));
    assertEquals(List.of("1 outside session", "1 not positive"), leftOut);
  }

  @Test
  void aBadRowIsNamedWithItsRemedy() {
    assertEquals(
        "line 3, column price: 'x' is no number; write a decimal such as 1642.35",
        problem("1381104061,1,1\n1381104061,x,1\n"));
    assertTrue(
        problem("yesterday,1,1\n").startsWith("line 2, column time: 'yesterday' is no time"));
    assertTrue(problem("1381104061,1,-1\n").contains("column quantity: '-1' is negative"));
  }

  private String problem(String rows) {
    return String.valueOf(
        assertThrows(CsvProblem.class, () -> bars("1m", "UTC", HEADER + rows)).getMessage());
  }
}
