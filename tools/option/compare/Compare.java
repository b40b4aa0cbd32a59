import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.Black76;
import dev.tapeline.market.option.ImpliedVolatility;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.finmath.functions.AnalyticFormulas;

/** Prints the speed and the errors of the implied volatilities that Java programs find; see compare.py. */
final class Compare {

  private record Row(
      boolean call, double forward, double strike, double years, double price, double expected, boolean practical) {}

  private interface Finder {
    double find(Row row);
  }

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static double sum;

  public static void main(String[] args) throws Exception {
    List<Row> rows = Files.readAllLines(Path.of(args[0])).stream().map(Compare::row).toList();
    compare("Tapeline", rows, Compare::tapeline);
    compare("Strata", rows, Compare::strata);
    compare("finmath", rows.stream().filter(Row::call).toList(), Compare::finmath);
    System.err.println(sum);
  }

  private static Row row(String line) {
    String[] it = line.split(" ");
    double[] n = new double[7];
    for (int i = 1; i < 7; i++) {
      n[i] = Double.parseDouble(it[i]);
    }
    return new Row(it[0].equals("1"), n[1], n[2], n[3], n[4], n[5], n[6] == 1);
  }

  private static double tapeline(Row row) {
    Right right = row.call ? Right.CALL : Right.PUT;
    return new Black76(right, row.forward, row.strike, row.years, 0).implied(row.price)
            instanceof ImpliedVolatility.Found(double value)
        ? value
        : Double.NaN;
  }

  private static double strata(Row row) {
    try {
      return BlackFormulaRepository.impliedVolatility(row.price, row.forward, row.strike, row.years, row.call);
    } catch (IllegalArgumentException e) {
      return Double.NaN;
    }
  }

  private static double finmath(Row row) {
    return AnalyticFormulas.blackScholesOptionImpliedVolatility(row.forward, row.years, row.strike, 1, row.price);
  }

  private static void compare(String name, List<Row> rows, Finder finder) {
    double worst = 0;
    int unanswered = 0;
    for (Row row : rows) {
      double found = finder.find(row);
      boolean answered = found > 0 && found < Double.POSITIVE_INFINITY;
      unanswered += answered ? 0 : 1;
      if (answered && row.practical) {
        worst = Math.max(worst, Math.abs(found / row.expected - 1));
      }
    }
    System.out.printf("%s %.1f %.2g %d %d%n", name, nanos(rows, finder), worst, unanswered, rows.size());
  }

  /** The least thread CPU time of an answer over blocks of about a tenth of a second. */
  private static double nanos(List<Row> rows, Finder finder) {
    double least = Double.POSITIVE_INFINITY;
    long end = System.nanoTime() + 6_000_000_000L;
    int passes = 1;
    while (System.nanoTime() < end) {
      long begin = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < passes; i++) {
        for (Row row : rows) {
          sum += finder.find(row);
        }
      }
      long spent = THREADS.getCurrentThreadCpuTime() - begin;
      least = Math.min(least, (double) spent / passes / rows.size());
      passes = spent < 100_000_000 ? 2 * passes : passes;
    }
    return least;
  }
}
