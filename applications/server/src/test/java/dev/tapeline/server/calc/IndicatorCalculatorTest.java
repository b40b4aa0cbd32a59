package dev.tapeline.server.calc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.server.calendar.CalendarFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IndicatorCalculatorTest {

  private static List<String> lines(
      String indicators, @Nullable SessionClass session, String... rows) throws IOException {
    StringWriter out = new StringWriter();
    InputStream in =
        new ByteArrayInputStream(String.join("\n", rows).getBytes(StandardCharsets.UTF_8));
    assertTrue(
        new IndicatorCalculator(in, IndicatorSpec.parse(indicators), session)
            .writeTo(new PrintWriter(out)));
    return out.toString().lines().toList();
  }

  @Test
  void eachValueHasAColumnThatIsEmptyUntilItIsDefined() throws IOException {
    assertEquals(
        List.of(
            "time,sma-2,macd-1-2-2,macd-1-2-2.signal,macd-1-2-2.histogram",
            "2017-01-03,,,,",
            "2017-01-04,101.0,1.0,,",
            "2017-01-05,103.0,1.0,1.0,0.0"),
        lines(
            "sma-2,macd-1-2-2",
            null,
            "time,open,high,low,close,volume",
            "2017-01-03,100,101,99,100,5",
            "2017-01-04,100,103,99,102,5",
            "",
            "2017-01-05,102,106,101,104,5"));
  }

  @Test
  void columnsStandInAnyOrderAndTheVolumeMayBeMissing() throws IOException {
    assertEquals(
        List.of("time,vwap-1,vwap-1.upper,vwap-1.lower,sma-1", "1,,,,10.0"),
        lines("vwap,sma-1", null, "Close,low,high,open,Time", "10,9,11,10,1"));
  }

  /** Two minutes of one day and one of the next: 09:15 and 09:16 in India. */
  @Test
  void theAveragePriceBeginsAnewInTheHoursOfTheSession() throws IOException {
    String[] rows = {
      "time,open,high,low,close,volume",
      "2026-11-30T09:15:00+05:30,10,10,10,10,1",
      "2026-11-30T09:16:00+05:30,20,20,20,20,1",
      "2026-12-01T09:15:00+05:30,45,45,45,45,1"
    };
    SessionClass nse = SessionClass.parse(CalendarFile.builtIn(), "NSE_EQ");
    assertEquals(
        List.of("10.0", "15.0", "45.0"),
        lines("vwap", nse, rows).stream().skip(1).map(line -> line.split(",")[1]).toList());
    assertEquals("25.0", lines("vwap", null, rows).getLast().split(",")[1]);
  }

  @Test
  void aBadRowIsToldWithItsPlaceAndTheRemedy() {
    assertEquals(
        "line 2, column high: '1' is below the low; write the higher one of the two",
        problem("time,open,high,low,close", "1,1,1,2,1"));
    assertEquals(
        "line 2, column close: '' is missing; write a decimal such as 0.065",
        problem("time,open,high,low,close", "1,1,1,1,"));
    assertEquals(
        "line 1: the header 'date,open,high,low,close' has no column time; begin the file with a"
            + " line of column names",
        problem("date,open,high,low,close", "1,1,1,1,1"));
  }

  private static String problem(String... rows) {
    return assertThrows(CsvProblem.class, () -> lines("rsi", null, rows)).getMessage();
  }
}
