package dev.tapeline.server.calc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.SharedFiles;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of others' figures, computed again, and rows that can't be computed or read. */
class OptionCalculatorTest {

  private static final String OF_PRICES = "type,forward,strike,years,rate,price\n";
  private static final String OF_VOLATILITIES = "type,forward,strike,years,rate,iv\n";

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The lines of the output without its header. */
  private static List<String> lines(String input) {
    StringWriter out = new StringWriter();
    try {
      assertTrue(new OptionCalculator(bytes(input)).writeTo(new PrintWriter(out)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> lines = out.toString().lines().toList();
    assertEquals(OptionCalculator.HEADER, lines.getFirst());
    return lines.subList(1, lines.size());
  }

  /** The fields of each row, by the header: iv is at 5, price at 6, the greeks follow. */
  private static List<String[]> rows(String input) {
    return lines(input).stream().map(line -> line.split(",", -1)).toList();
  }

  private static double number(String[] row, int column) {
    return Double.parseDouble(row[column]);
  }

  private static String problem(String input) {
    return String.valueOf(assertThrows(CsvProblem.class, () -> lines(input)).getMessage());
  }

  @Test
  void aPriceGivesItsVolatilityAndTheGreeks() {
    List<String[]> rows = rows(OF_PRICES + "CE,24321.5,24400,0.014355022831050228,0.065,152.35\n");
    String[] row = rows.getFirst();
    assertEquals(1, rows.size());
    assertEquals("call", row[0]);
    assertEquals("0.014355022831050228", row[3]);
    assertEquals(0.16245158345704371932, number(row, 5), 1e-15);
    assertEquals("152.35", row[6]);
    assertEquals(0.43767595957620340, number(row, 7), 1e-14);
    assertEquals(0.00083179399156042092, number(row, 8), 1e-16);
    assertEquals(-17.760640134149128 * 365, number(row, 9), 1e-9);
    assertEquals(1147.4250512701664, number(row, 10), 1e-10);
    assertEquals(-2.1869877283105, number(row, 11), 1e-12);
    assertEquals("", row[12]);
  }

  /** An option on a spot price, by the forward that the spot, a yield and interest make. */
  private record OnSpot(String type, double spot, double strike, double yield, Terms terms) {

    private record Terms(double rate, double years, double volatility) {}

    private double growth() {
      return Math.exp((terms.rate - yield) * terms.years);
    }

    private String row() {
      return "%s,%s,%s,%s,%s,%s%n"
          .formatted(type, spot * growth(), strike, terms.years, terms.rate, terms.volatility);
    }

    private double delta(String[] row) {
      return number(row, 7) * growth();
    }

    private double gamma(String[] row) {
      return number(row, 8) * growth() * growth();
    }

    /** The forward falls as time passes, if the spot is held. */
    private double theta(String[] row) {
      return number(row, 9) - delta(row) * (terms.rate - yield) * spot;
    }

    private double rho(String[] row) {
      return number(row, 11) + delta(row) * spot * terms.years;
    }
  }

  private static List<String[]> computed(List<OnSpot> options) {
    return rows(
        options.stream().map(OnSpot::row).collect(Collectors.joining("", OF_VOLATILITIES, "")));
  }

  @Test
  void thePricesOfHaugsBookAreFound() throws IOException {
    List<String[]> book =
        SharedFiles.lines("options/quantlib_haug_european.csv").stream()
            .map(line -> line.split(","))
            .filter(row -> row[0].equals("0"))
            .toList();
    List<String[]> found = computed(book.stream().map(OptionCalculatorTest::ofHaug).toList());
    assertEquals(43, found.size());
    for (int i = 0; i < found.size(); i++) {
      assertEquals(number(book.get(i), 8), number(found.get(i), 6), number(book.get(i), 9));
    }
  }

  private static OnSpot ofHaug(String[] row) {
    return new OnSpot(
        row[1],
        number(row, 3),
        number(row, 2),
        number(row, 4),
        new OnSpot.Terms(number(row, 5), number(row, 6), number(row, 7)));
  }

  @ParameterizedTest
  @CsvSource({"call, 5, 7", "put, 6, 12"})
  void thePricesAndGreeksOfPyVollibAreFound(String type, int price, int greeks) throws IOException {
    List<String[]> theirs =
        SharedFiles.lines("options/py_vollib_bs_greeks.csv").stream()
            .skip(1)
            .map(line -> line.split(","))
            .toList();
    List<OnSpot> options = theirs.stream().map(row -> ofVollib(type, row)).toList();
    List<String[]> found = computed(options);
    assertEquals(101, found.size());
    for (int i = 0; i < found.size(); i++) {
      OnSpot option = options.get(i);
      String[] row = found.get(i);
      double[] ours = {
        number(row, 6),
        option.delta(row),
        option.gamma(row),
        option.theta(row),
        number(row, 10),
        option.rho(row)
      };
      double[] expected =
          IntStream.of(price, greeks, greeks + 1, greeks + 2, greeks + 3, greeks + 4)
              .mapToDouble(at(theirs.get(i)))
              .toArray();
      assertTrue(
          IntStream.range(0, ours.length).allMatch(k -> Math.abs(ours[k] - expected[k]) <= 5e-7),
          () -> Arrays.toString(expected) + " but " + Arrays.toString(ours));
    }
  }

  private static IntToDoubleFunction at(String[] row) {
    return column -> number(row, column);
  }

  private static OnSpot ofVollib(String type, String[] row) {
    return new OnSpot(
        type,
        number(row, 0),
        number(row, 1),
        0,
        new OnSpot.Terms(number(row, 2), number(row, 3), number(row, 4)));
  }

  @Property(tries = 50)
  void thePriceOfAVolatilityImpliesIt(
      @ForAll @DoubleRange(min = 10, max = 1e5) double forward,
      @ForAll @DoubleRange(min = 0.8, max = 1.25) double ratio,
      @ForAll @DoubleRange(min = 0.02, max = 2) double years,
      @ForAll @DoubleRange(min = 0, max = 0.1) double rate,
      @ForAll @DoubleRange(min = 0.1, max = 3) double volatility) {
    String option = (ratio < 1 ? "put," : "call,") + forward + "," + forward * ratio + ",";
    String terms = years + "," + rate + ",";
    String[] priced = rows(OF_VOLATILITIES + option + terms + volatility).getFirst();
    String[] implied = rows(OF_PRICES + option + terms + priced[6]).getFirst();
    assertEquals(volatility, number(implied, 5), 1e-11 * volatility);
  }

  @Property(tries = 50)
  void callsAndPutsDifferByTheDiscountedForward(
      @ForAll @DoubleRange(min = 10, max = 1e5) double forward,
      @ForAll @DoubleRange(min = 0.5, max = 2) double ratio,
      @ForAll @DoubleRange(min = 0, max = 0.1) double rate,
      @ForAll @DoubleRange(min = 0.05, max = 2) double volatility) {
    String terms = forward + "," + forward * ratio + ",0.25," + rate + "," + volatility + "\n";
    List<String[]> pair = rows(OF_VOLATILITIES + "c," + terms + "p," + terms);
    assertEquals(
        Math.exp(-0.25 * rate) * (forward - forward * ratio),
        number(pair.getFirst(), 6) - number(pair.getLast(), 6),
        1e-12 * forward);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "call,100,90,0.5,0,9.99 | ,9.99,,,,,,below intrinsic",
        "put,100,110,0.5,0,110  | ,110.0,,,,,,above maximum",
        "put,100,110,0,0,12     | ,12.0,,,,,,no time",
        "call,100,90,0.5,0,0    | ,0.0,,,,,,no price",
        "call,0,90,0.5,0,11     | ,11.0,,,,,,no forward",
        "call,100,-90,0.5,0,11  | ,11.0,,,,,,no strike",
        "call,100,90,0.5,0,10   | 0.0,10.0,,,,,,no time value",
      })
  void aPriceThatImpliesNothingHasAReason(String row, String expected) {
    List<String> lines = lines(OF_PRICES + row);
    assertEquals(List.of(row.substring(0, row.lastIndexOf(',') + 1) + expected), lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "call,100,90,0.5,0,0    | 0.0,10.0,,,,,,no volatility",
        "call,100,90,0.5,0,-0.2 | -0.2,,,,,,,negative volatility",
        "put,100,110,0,0,0.2    | 0.2,10.0,,,,,,no time",
        "put,100,110,-1,0,0.2   | 0.2,,,,,,,no time",
        "put,-100,110,1,0,0.2   | 0.2,,,,,,,no forward",
        "put,100,0,1,0,0.2      | 0.2,,,,,,,no strike",
      })
  void aVolatilityThatHasNoGreeksHasAReason(String row, String expected) {
    List<String> lines = lines(OF_VOLATILITIES + row);
    assertEquals(List.of(row.substring(0, row.lastIndexOf(',') + 1) + expected), lines);
  }

  @Test
  void columnsStandInAnyOrderWithOthersBetween() {
    String row =
        rows("\ufeffNote,IV,Rate,Years,Strike,Forward,TYPE\r\n\r\n\"a,b\",0.2,0,1,90,100,Put\r\n")
            .stream()
            .map(fields -> String.join(",", Arrays.copyOf(fields, 6)))
            .collect(Collectors.joining());
    assertEquals("put,100,90,1,0,0.2", row);
  }

  @Test
  void aFileOfAHeaderAloneHasNoRows() {
    assertEquals(List.of(), lines(OF_PRICES));
  }

  @Test
  void whatCannotBeReadIsNamedWithItsPlaceAndARemedy() {
    assertEquals(
        "line 1: the header 'type,strike,price' has no column forward, years, rate; begin the file"
            + " with a line of column names",
        problem("type,strike,price\n"));
    assertTrue(problem("").contains("the header '' has no column type"), problem(""));
    assertEquals(
        "the header has both of the columns price and iv; give one of them: the other is computed",
        problem("type,forward,strike,years,rate,price,iv\n"));
    assertEquals(
        "the header has none of the columns price and iv; give one of them: the other is computed",
        problem("type,forward,strike,years,rate\n"));
    assertEquals(
        "line 3, column strike: '24x00' is no number; write a decimal such as 0.065",
        problem(OF_PRICES + "call,1,1,1,0,1\nput,24321.5,24x00,0.1,0,1\n"));
    assertEquals(
        "line 2, column price: '' is missing; write a decimal such as 0.065",
        problem(OF_PRICES + "call,1,1,1,0,\n"));
    assertEquals(
        "line 2, column type: 'X' is no type of option; write call or put (or c, p, ce, pe)",
        problem(OF_PRICES + "X,1,1,1,0,1\n"));
    assertEquals("line 2: 2 fields where the header has 6", problem(OF_PRICES + "call,1\n"));
    assertEquals(
        "line 2: a quote that does not end in its line", problem(OF_PRICES + "\"call,1\n"));
    Stream.of("NaN", "Infinity", "0x1p3", "1d", "1e999999", " ", "--1")
        .forEach(number ->
            assertTrue(
                problem(OF_PRICES + "call," + number + ",1,1,0,1\n")
                    .startsWith("line 2, column forward: '" + number.strip() + "' is "),
                number));
  }

  @Test
  void theRowsBeforeABadOneAreWritten() throws IOException {
    StringWriter out = new StringWriter();
    OptionCalculator calculator =
        new OptionCalculator(bytes(OF_PRICES + "call,100,90,0.5,0,9\nbad\n"));
    assertThrows(CsvProblem.class, () -> calculator.writeTo(new PrintWriter(out)));
    assertEquals(2, out.toString().lines().count());
  }

  /** An input that gives one line at a time, as a pipe does. */
  private static final class Pipe extends FilterInputStream {

    private final StringWriter out;
    private int asked;

    private Pipe(String text, StringWriter out) {
      super(bytes(text));
      this.out = out;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      assertEquals(asked++, out.toString().lines().count());
      int count = 0;
      int next = 0;
      while (next != '\n' && (next = read()) >= 0) {
        buffer[offset + count++] = (byte) next;
      }
      return count == 0 ? -1 : count;
    }

    @Override
    public int available() {
      return 0;
    }
  }

  @Test
  void aRowIsWrittenBeforeTheNextOneComes() throws IOException {
    StringWriter out = new StringWriter();
    String row = "call,100,90,0.5,0,11\n";
    assertTrue(
        new OptionCalculator(new Pipe(OF_PRICES + row + row + row, out))
            .writeTo(new PrintWriter(out)));
    assertEquals(4, out.toString().lines().count());
  }
}
