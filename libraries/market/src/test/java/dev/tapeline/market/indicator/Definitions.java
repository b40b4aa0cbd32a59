package dev.tapeline.market.indicator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Indicators as their formulas say, computed anew from all bars for each bar: slow, and without any
 * state that could go wrong. Null where there are too few bars.
 */
final class Definitions {

  private final List<BarValues> bars;

  Definitions(List<BarValues> bars) {
    this.bars = bars;
  }

  private List<@Nullable Double> each(IntFunction<@Nullable Double> at) {
    List<@Nullable Double> all = new ArrayList<>();
    for (int i = 0; i < bars.size(); i++) {
      all.add(at.apply(i));
    }
    return all;
  }

  private double sum(int from, int to, ToDoubleFunction<BarValues> value) {
    return IntStream.rangeClosed(from, to).mapToDouble(i -> value.applyAsDouble(bars.get(i))).sum();
  }

  private double high(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToDouble(i -> bars.get(i).high()).max().orElseThrow();
  }

  private double low(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToDouble(i -> bars.get(i).low()).min().orElseThrow();
  }

  List<@Nullable Double> sma(int n) {
    return each(i -> i < n - 1 ? null : sum(i - n + 1, i, BarValues::close) / n);
  }

  List<@Nullable Double> wma(int n) {
    return each(i -> {
      if (i < n - 1) {
        return null;
      }
      double weighted = 0;
      double weights = 0;
      for (int back = 0; back < n; back++) {
        weighted += (n - back) * bars.get(i - back).close();
        weights += n - back;
      }
      return weighted / weights;
    });
  }

  /** An average of these values that begins with the plain one of the first n of them. */
  private static @Nullable Double seeded(List<Double> values, int n, double weight) {
    if (values.size() < n) {
      return null;
    }
    double average =
        values.subList(0, n).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    for (double value : values.subList(n, values.size())) {
      average = (1 - weight) * average + weight * value;
    }
    return average;
  }

  List<@Nullable Double> ema(int n) {
    return each(i -> seeded(closes(i), n, 2.0 / (n + 1)));
  }

  private List<Double> closes(int to) {
    return IntStream.rangeClosed(0, to).mapToObj(i -> bars.get(i).close()).toList();
  }

  List<@Nullable Double> atr(int n) {
    return each(i -> seeded(ranges(i), n, 1.0 / n));
  }

  private List<Double> ranges(int to) {
    return IntStream.rangeClosed(1, to)
        .mapToObj(i -> {
          double before = bars.get(i - 1).close();
          BarValues bar = bars.get(i);
          return Math.max(
              bar.high() - bar.low(),
              Math.max(Math.abs(bar.high() - before), Math.abs(bar.low() - before)));
        })
        .toList();
  }

  List<@Nullable Double> rsi(int n) {
    return each(i -> {
      Double gain = seeded(moves(i, 1), n, 1.0 / n);
      Double loss = seeded(moves(i, -1), n, 1.0 / n);
      if (gain == null || loss == null) {
        return null;
      }
      return gain == 0 && loss == 0 ? 50 : loss == 0 ? 100 : 100 - 100 / (1 + gain / loss);
    });
  }

  private List<Double> moves(int to, int sign) {
    return IntStream.rangeClosed(1, to)
        .mapToObj(i -> Math.max(0, sign * (bars.get(i).close() - bars.get(i - 1).close())))
        .toList();
  }

  List<@Nullable Double> cci(int n) {
    return each(i -> {
      if (i < n - 1) {
        return null;
      }
      double mean = sum(i - n + 1, i, Definitions::typical) / n;
      double deviation = sum(i - n + 1, i, bar -> Math.abs(typical(bar) - mean)) / n;
      return (typical(bars.get(i)) - mean) / (0.015 * deviation);
    });
  }

  private static double typical(BarValues bar) {
    return (bar.high() + bar.low() + bar.close()) / 3;
  }

  List<@Nullable Double> obv() {
    return each(i -> {
      double balance = 0;
      for (int k = 1; k <= i; k++) {
        double before = bars.get(k - 1).close();
        double close = bars.get(k).close();
        balance +=
            close > before ? bars.get(k).volume() : close < before ? -bars.get(k).volume() : 0;
      }
      return balance;
    });
  }

  /** The average price from the first bar of the session on, and one of its bands. */
  List<@Nullable Double> vwap(double factor) {
    return each(i -> {
      int from = firstOfSession(i);
      double volume = sum(from, i, BarValues::volume);
      double mean = sum(from, i, bar -> bar.volume() * typical(bar)) / volume;
      double variance =
          sum(from, i, bar -> bar.volume() * Math.pow(typical(bar) - mean, 2)) / volume;
      return mean + factor * Math.sqrt(variance);
    });
  }

  private int firstOfSession(int at) {
    int from = at;
    while (from > 0 && bars.get(from - 1).session() == bars.get(at).session()) {
      from--;
    }
    return from;
  }

  /** The pivot, a resistance or a support: {@code p}, {@code r1} to {@code s3}. */
  List<@Nullable Double> pivots(String level) {
    return each(i -> {
      int to = firstOfSession(i) - 1;
      if (to < 0) {
        return null;
      }
      double high = high(firstOfSession(to), to);
      double low = low(firstOfSession(to), to);
      double pivot = (high + low + bars.get(to).close()) / 3;
      return switch (level) {
        case "p" -> pivot;
        case "r1" -> pivot + (pivot - low);
        case "r2" -> pivot + (high - low);
        case "r3" -> high + 2 * (pivot - low);
        case "s1" -> pivot - (high - pivot);
        case "s2" -> pivot - (high - low);
        default -> low - 2 * (high - pivot);
      };
    });
  }

  /** The middle of the range of the last bars, as it was so many bars ago. */
  List<@Nullable Double> middle(int n, int ago) {
    return each(i -> i - ago < n - 1 ? null : middleAt(i - ago, n));
  }

  private double middleAt(int at, int n) {
    return (high(at - n + 1, at) + low(at - n + 1, at)) / 2;
  }

  /** The middle of the conversion line and the base line, as it was so many bars ago. */
  List<@Nullable Double> spanA(int conversion, int base, int ago) {
    return each(i ->
        i - ago < Math.max(conversion, base) - 1
            ? null
            : (middleAt(i - ago, conversion) + middleAt(i - ago, base)) / 2);
  }

  /** The stop, or the direction, from the first bar on: as TradingView's manual has it. */
  List<@Nullable Double> supertrend(int n, double factor, boolean direction) {
    List<@Nullable Double> ranges = atr(n);
    return each(i -> ranges.get(i) == null ? null : trendAt(i, factor, ranges, direction));
  }

  private double trendAt(int at, double factor, List<@Nullable Double> ranges, boolean direction) {
    double upper = Double.NaN;
    double lower = Double.NaN;
    int way = 0;
    for (int i = 0; i <= at; i++) {
      Double range = ranges.get(i);
      if (range == null) {
        continue;
      }
      double middle = (bars.get(i).high() + bars.get(i).low()) / 2;
      double close = bars.get(i).close();
      if (way == 0) {
        upper = middle + factor * range;
        lower = middle - factor * range;
        way = -1;
        continue;
      }
      double before = bars.get(i - 1).close();
      lower = before < lower ? middle - factor * range : Math.max(lower, middle - factor * range);
      upper = before > upper ? middle + factor * range : Math.min(upper, middle + factor * range);
      way = way < 0 ? (close > upper ? 1 : -1) : (close < lower ? -1 : 1);
    }
    return direction ? way : way > 0 ? lower : upper;
  }
}
