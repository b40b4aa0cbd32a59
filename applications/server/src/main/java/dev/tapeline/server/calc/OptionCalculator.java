package dev.tapeline.server.calc;

import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.Black76;
import dev.tapeline.market.option.Greeks;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Computes volatilities or prices of options, and their greeks, from CSV to CSV. It holds one row
 * at a time. Numbers are written so that they can be read back without loss.
 */
public final class OptionCalculator {

  private static final List<String> GIVEN = List.of("type", "forward", "strike", "years", "rate");
  private static final String PRICE = "price";
  private static final String IV = "iv";

  /** What the output begins with. */
  public static final String HEADER =
      String.join(",", GIVEN) + ",iv,price,delta,gamma,theta,vega,rho,reason";

  private final CsvInput input;
  private final boolean hasPrice;

  /**
   * Reads the header.
   *
   * @throws CsvProblem if it lacks a column
   */
  public OptionCalculator(InputStream in) throws IOException {
    this.input = new CsvInput(in, GIVEN);
    this.hasPrice = input.hasColumn(PRICE);
    if (hasPrice == input.hasColumn(IV)) {
      throw new CsvProblem(
          "the header has %s of the columns price and iv; give one of them: the other is computed"
              .formatted(hasPrice ? "both" : "none"));
    }
  }

  /**
   * Writes a header and a line for each row of the input.
   *
   * @return whether the output has taken all of it
   * @throws CsvProblem at a row that can't be read; those before it have been written
   */
  public boolean writeTo(PrintWriter out) throws IOException {
    return new RowWriter(input, out).write(HEADER, this::row);
  }

  private void row(StringBuilder text) {
    Black76 option =
        new Black76(
            right(),
            input.number("forward"),
            input.number("strike"),
            input.number("years"),
            input.number("rate"));
    OptionRow row =
        hasPrice
            ? OptionRow.ofPrice(option, input.number(PRICE))
            : OptionRow.ofVolatility(option, input.number(IV));
    text.append(option.right().name().toLowerCase(Locale.ROOT));
    for (String given : GIVEN.subList(1, GIVEN.size())) {
      text.append(',').append(input.text(given));
    }
    number(text, row.iv());
    number(text, row.price());
    greeks(text, row.greeks());
    text.append(',').append(row.reason() == null ? "" : row.reason());
  }

  private Right right() {
    return switch (input.text("type").toLowerCase(Locale.ROOT)) {
      case "call", "c", "ce" -> Right.CALL;
      case "put", "p", "pe" -> Right.PUT;
      default ->
          throw input.problem("type", "is no type of option", "call or put (or c, p, ce, pe)");
    };
  }

  private static void number(StringBuilder text, @Nullable Double value) {
    text.append(',');
    if (value != null) {
      text.append(value.doubleValue());
    }
  }

  private static void greeks(StringBuilder text, @Nullable Greeks greeks) {
    if (greeks == null) {
      text.append(",,,,,");
      return;
    }
    number(text, greeks.delta());
    number(text, greeks.gamma());
    number(text, greeks.theta());
    number(text, greeks.vega());
    number(text, greeks.rho());
  }
}
