package dev.tapeline.server.calc;

import dev.tapeline.market.indicator.BarValues;
import dev.tapeline.market.indicator.IndicatorSet;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.Readings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Computes indicators over bars, from CSV to CSV. It holds one row at a time, and each value is
 * made of all rows up to its own. Numbers are written so that they can be read back without loss;
 * what is not defined yet is an empty field.
 */
public final class IndicatorCalculator {

  private static final String TIME = "time";
  private static final String VOLUME = "volume";
  private static final List<String> NEEDED = List.of(TIME, "open", "high", "low", "close");

  private final CsvInput input;
  private final IndicatorSpec spec;
  private final @Nullable LongUnaryOperator sessions;
  private final IndicatorSet set;
  private final Readings readings;
  private final BarValues bar = new BarValues();
  private final int values;

  /**
   * Reads the header.
   *
   * @param session the hours of the bars, whose times are then read; null if all are of one session
   * @throws CsvProblem if it lacks a column
   */
  public IndicatorCalculator(InputStream in, IndicatorSpec spec, @Nullable SessionClass session)
      throws IOException {
    this.input = new CsvInput(in, NEEDED);
    this.spec = spec;
    this.sessions = session == null ? null : session.sessions().opens(session.instrument());
    this.set = new IndicatorSet(spec);
    this.readings = new Readings(spec);
    this.values = spec.values().size();
  }

  /**
   * Writes a header and a line for each row of the input.
   *
   * @return whether the output has taken all of it
   * @throws CsvProblem at a row that can't be read; those before it have been written
   */
  public boolean writeTo(PrintWriter out) throws IOException {
    return new RowWriter(input, out).write(TIME + "," + String.join(",", spec.values()), this::row);
  }

  private void row(StringBuilder text) {
    read();
    set.update(bar, readings);
    text.append(input.text(TIME));
    for (int place = 0; place < values; place++) {
      text.append(',');
      if (readings.has(place)) {
        text.append(readings.get(place));
      }
    }
  }

  private void read() {
    double high = input.number("high");
    double low = input.number("low");
    if (high < low) {
      throw input.problem("high", "is below the low", "the higher one of the two");
    }
    bar.prices(input.number("open"), high, low, input.number("close"));
    if (input.hasColumn(VOLUME) && !input.text(VOLUME).isEmpty()) {
      bar.volume(input.number(VOLUME));
    }
    if (sessions != null) {
      bar.session(sessions.applyAsLong(input.millis(TIME)), true);
    }
  }
}
