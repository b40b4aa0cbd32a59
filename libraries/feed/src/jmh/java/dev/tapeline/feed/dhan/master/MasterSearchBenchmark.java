package dev.tapeline.feed.dhan.master;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.InstrumentQuery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the search among some 200,000 instruments, and reading them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MasterSearchBenchmark {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
  private static final int LIMIT = 50;

  private final byte[] file = LargeSample.ofDay(TODAY);
  private final DhanMaster master = parse();

  private DhanMaster parse() {
    try {
      return MasterParser.parse(new ByteArrayInputStream(file), TODAY);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Texts of each rank: many hits, few, none; and the empty text. */
  @State(Scope.Benchmark)
  public static class Text {

    @Param({"", "S", "INDEX3", "SHARE77-2026", "company", "2505", "5", "E", "ndia", "zzz"})
    private String text = "";

    private InstrumentQuery query = InstrumentQuery.of("");

    @Setup
    public void ask() {
      query = InstrumentQuery.of(text);
    }
  }

  @Benchmark
  public List<Instrument> byText(Text text) {
    return master.search(text.query, LIMIT);
  }

  @Benchmark
  public List<Instrument> byTextAndRight(Text text) {
    return master.search(new InstrumentQuery(text.text, null, null, null, Right.PUT), LIMIT);
  }

  @Benchmark
  public List<Instrument> byAllTerms() {
    return master.search(
        new InstrumentQuery(
            "", "INDEX3", TODAY.plusWeeks(3), new BigDecimal("25050"), Right.CALL),
        LIMIT);
  }

  @Benchmark
  public List<Instrument> byStrike() {
    return master.search(
        new InstrumentQuery("", null, null, new BigDecimal("25050"), null), LIMIT);
  }

  @Benchmark
  public Optional<Instrument> bySymbol() {
    return master.bySymbol("INDEX3-20261207-25050-CE");
  }

  @Benchmark
  public Optional<Instrument> byKey() {
    return master.byKey("NSE_FNO:123456");
  }

  @Benchmark
  public List<LocalDate> expiries() {
    return master.expiries("INDEX3");
  }

  @Benchmark
  public DhanMaster read() {
    return parse();
  }
}
