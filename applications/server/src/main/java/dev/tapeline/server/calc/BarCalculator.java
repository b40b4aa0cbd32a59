package dev.tapeline.server.calc;

import dev.tapeline.market.Market;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarCounts;
import dev.tapeline.market.bar.study.BarDemand;
import dev.tapeline.market.bar.study.BarRules;
import dev.tapeline.market.bar.study.BarStudy;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Decimals;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes the bars of trades, from CSV to CSV, by the same study as the server. It keeps the bars
 * that a late trade can still amend, and writes each of them once.
 */
public final class BarCalculator {

  /** What the output begins with. */
  public static final String HEADER = "time,open,high,low,close,volume,count";

  private static final List<String> NEEDED = List.of("time", "price", "quantity");
  private static final long STEP_MILLIS = 500;

  /** Longer than any frame: all bars are closed then. */
  private static final long END_MILLIS = Duration.ofDays(70).toMillis();

  private final CsvInput input;
  private final Instrument instrument;
  private final Market market;
  private final BarCounts counts = new BarCounts();
  private final int kept;
  private final TreeMap<Long, Bar> bars = new TreeMap<>();
  private @Nullable TimeForm form;
  private long newest = Long.MIN_VALUE;

  /**
   * Reads the header.
   *
   * @throws CsvProblem if it lacks a column
   */
  public BarCalculator(InputStream in, Frame frame, SessionClass session) throws IOException {
    this.input = new CsvInput(in, NEEDED);
    this.instrument = session.instrument();
    BarRules rules = BarRules.of(List.of(frame));
    this.kept = frame.isIntraday() ? (int) (rules.amendMillis() / frame.millis()) + 2 : 2;
    this.market =
        Market.of(new Collected(), BarStudy.of(rules, session.sessions(), BarDemand.NONE, counts));
  }

  /** Collects the newest state of each bar. */
  private final class Collected implements MarketListener {

    @Override
    public void onEvent(MarketEvent event) {
      if (event instanceof MarketEvent.BarChanged(_, _, Bar bar)) {
        bars.put(bar.time(), bar);
      }
    }

    @Override
    public void onFrameEnd() {}

    @Override
    public void onBatchEnd() {}
  }

  /**
   * Writes a header and a line for each bar.
   *
   * @return whether the output has taken all of it
   * @throws CsvProblem at a row that can't be read; bars that were closed before it have been
   *     written
   */
  public boolean writeTo(PrintWriter out) throws IOException {
    out.println(HEADER);
    while (!out.checkError() && input.next()) {
      row();
      write(kept, out);
    }
    if (newest != Long.MIN_VALUE) {
      market.onTime(newest + END_MILLIS);
      market.onTime(newest + END_MILLIS + STEP_MILLIS);
    }
    write(0, out);
    return !out.checkError();
  }

  private void row() {
    long time = input.millis("time");
    form = form == null ? TimeForm.of(input.text("time")) : form;
    if (time > newest) {
      boolean isNextStep = newest / STEP_MILLIS != time / STEP_MILLIS;
      newest = time;
      if (isNextStep) {
        market.onTime(time);
      }
    }
    BigDecimal quantity = input.text("quantity").isEmpty() ? null : number("quantity");
    if (quantity != null && quantity.signum() < 0) {
      throw input.problem("quantity", "is negative", "0 or more");
    }
    Times times = new Times(time, time);
    market.onTick(
        new Tick.Trade(instrument, times, Tick.NO_ID, number("price"), quantity, null, null));
  }

  private BigDecimal number(String column) {
    try {
      return Decimals.parse(input.text(column));
    } catch (NumberFormatException _) {
      throw input.problem(column, "is no number", "a decimal such as 1642.35");
    }
  }

  private void write(int keep, PrintWriter out) {
    TimeForm times = form;
    while (bars.size() > keep && times != null) {
      Bar bar = bars.pollFirstEntry().getValue();
      out.println(line(times, bar));
    }
  }

  private static String line(TimeForm times, Bar bar) {
    BigDecimal volume = bar.volume();
    return String.join(
        ",",
        times.text(bar.time()),
        bar.prices().open().toPlainString(),
        bar.prices().high().toPlainString(),
        bar.prices().low().toPlainString(),
        bar.prices().close().toPlainString(),
        volume == null ? "" : volume.toPlainString(),
        Long.toString(bar.count()));
  }

  /** What no bar has taken, in words, such as {@code 3 too late}; none if there is nothing. */
  public List<String> leftOut() {
    List<String> words = new ArrayList<>();
    for (BarCounts.Reason reason : BarCounts.Reason.values()) {
      long count = counts.get(reason);
      if (count > 0) {
        String word = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        words.add("%d %s".formatted(count, word));
      }
    }
    return words;
  }
}
