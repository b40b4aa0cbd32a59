import dev.tapeline.market.indicator.BarValues;
import dev.tapeline.market.indicator.IndicatorSet;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.Readings;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.StochasticOscillatorKIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.adx.PlusDIIndicator;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/** Writes the values and prints the speed of indicators of Java programs; see compare.py. */
final class Indicators {

  /** The places of the eleven values among all of Tapeline's. */
  private static final int[] PLACES = {0, 1, 2, 3, 4, 6, 7, 8, 11, 15, 16};

  private static final IndicatorSpec SPEC = IndicatorSpec.parse("rsi+ema+sma+macd+atr+adx+bb+stoch");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static double sum;

  private interface Eleven {

    /** Takes a closed bar. */
    void add(double[] bar);

    /** The values with the newest closed bar; NaN where there is none. */
    double[] values();

    /** Another price of the bar that forms, and the values with it. */
    void form(double price);
  }

  public static void main(String[] args) throws Exception {
    List<double[]> bars =
        Files.readAllLines(Path.of(args[0])).stream()
            .map(line -> Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray())
            .toList();
    Path folder = Path.of(args[1]);
    measure("Tapeline", bars, folder, Tapeline::new);
    measure("ta4j", bars, folder, Ta4j::new);
    System.err.println(sum);
  }

  private static void measure(
      String name, List<double[]> bars, Path folder, java.util.function.Supplier<Eleven> maker) throws Exception {
    Eleven filled = maker.get();
    try (PrintWriter out = new PrintWriter(folder.resolve(name).toFile())) {
      for (double[] bar : bars) {
        filled.add(bar);
        out.println(Arrays.stream(filled.values()).mapToObj(Double::toString).collect(Collectors.joining(" ")));
      }
    }
    double closed = nanos(bars.size(), () -> all(bars, maker.get()));
    double[] last = bars.getLast();
    double forming =
        nanos(
            100,
            () -> {
              for (int i = 0; i < 100; i++) {
                filled.form(last[3] + (i & 1) * 0.05);
              }
            });
    System.out.printf("%s %.1f %.1f%n", name, closed, forming);
  }

  private static void all(List<double[]> bars, Eleven eleven) {
    for (double[] bar : bars) {
      eleven.add(bar);
      sum += eleven.values()[1] > 0 ? 1 : 0;
    }
  }

  /** The least thread CPU time of one of so many parts, over blocks of about a tenth of a second. */
  private static double nanos(int parts, Runnable work) {
    double least = Double.POSITIVE_INFINITY;
    long end = System.nanoTime() + 6_000_000_000L;
    int passes = 1;
    while (System.nanoTime() < end) {
      long begin = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < passes; i++) {
        work.run();
      }
      long spent = THREADS.getCurrentThreadCpuTime() - begin;
      least = Math.min(least, (double) spent / passes / parts);
      passes = spent < 100_000_000 ? 2 * passes : passes;
    }
    return least;
  }

  private static final class Tapeline implements Eleven {

    private final IndicatorSet set = new IndicatorSet(SPEC);
    private final Readings readings = new Readings(SPEC);
    private final BarValues bar = new BarValues();
    private final double[] values = new double[PLACES.length];

    @Override
    public void add(double[] it) {
      set.update(bar.prices(it[0], it[1], it[2], it[3]).volume(it[4]), readings);
    }

    @Override
    public double[] values() {
      for (int i = 0; i < values.length; i++) {
        values[i] = readings.has(PLACES[i]) ? readings.get(PLACES[i]) : Double.NaN;
      }
      return values;
    }

    @Override
    public void form(double price) {
      set.peek(bar.prices(price, price, price, price), readings);
      sum += values()[1];
    }
  }

  private static final class Ta4j implements Eleven {

    private final BarSeries series =
        new BaseBarSeriesBuilder().withNumFactory(DoubleNumFactory.getInstance()).build();
    private final List<Indicator<Num>> indicators;
    private final double[] values = new double[PLACES.length];
    private Instant end = Instant.EPOCH;

    Ta4j() {
      ClosePriceIndicator close = new ClosePriceIndicator(series);
      MACDIndicator macd = new MACDIndicator(close, 12, 26);
      SMAIndicator k = new SMAIndicator(new StochasticOscillatorKIndicator(series, 14), 3);
      SMAIndicator sma = new SMAIndicator(close, 20);
      indicators =
          List.of(
              new RSIIndicator(close, 14),
              new EMAIndicator(close, 20),
              sma,
              macd,
              new EMAIndicator(macd, 9),
              new ATRIndicator(series, 14),
              new ADXIndicator(series, 14),
              new PlusDIIndicator(series, 14),
              new BollingerBandsUpperIndicator(
                  new BollingerBandsMiddleIndicator(sma), new StandardDeviationIndicator(close, 20)),
              k,
              new SMAIndicator(k, 3));
    }

    @Override
    public void add(double[] it) {
      end = end.plusSeconds(60);
      series
          .barBuilder()
          .timePeriod(Duration.ofMinutes(1))
          .endTime(end)
          .openPrice(it[0])
          .highPrice(it[1])
          .lowPrice(it[2])
          .closePrice(it[3])
          .volume(it[4])
          .add();
    }

    @Override
    public double[] values() {
      int last = series.getEndIndex();
      for (int i = 0; i < values.length; i++) {
        values[i] = indicators.get(i).getValue(last).doubleValue();
      }
      return values;
    }

    @Override
    public void form(double price) {
      series.addPrice(price);
      sum += values()[1];
    }
  }
}
