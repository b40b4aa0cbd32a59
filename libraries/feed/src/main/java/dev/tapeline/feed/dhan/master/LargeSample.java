package dev.tapeline.feed.dhan.master;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a master as large as the vendor's, of invented names, to measure with: some 200,000 rows,
 * of which 15,000 are shares, and five indices and 250 of the shares have derivatives.
 */
public final class LargeSample {

  private static final int SHARES = 15_000;
  private static final int SHARES_WITH_CHAINS = 250;
  private static final int INDICES = 5;
  private static final BigDecimal TICK = new BigDecimal("0.05");
  private static final BigDecimal MIDDLE = new BigDecimal("25000");
  private static final BigDecimal STEP = new BigDecimal("50");

  private LargeSample() {}

  /** The file for a day. */
  public static byte[] ofDay(LocalDate today) {
    List<Instrument> cash = new ArrayList<>();
    List<SampleChain> chains = new ArrayList<>();
    for (int i = 1; i <= INDICES; i++) {
      String id = Integer.toString(i);
      Instrument index = new Instrument.Index(reference("INDEX" + i, "IDX_I", id, "Index " + i));
      cash.add(index);
      chains.add(chain(index, 200, "65", weeks(today, 15)));
    }
    for (int i = 1; i <= SHARES; i++) {
      String name = "Company %d of India Limited".formatted(i);
      Instrument share =
          new Instrument.Share(reference("SHARE" + i, "NSE_EQ", Integer.toString(i), name));
      cash.add(share);
      if (i <= SHARES_WITH_CHAINS) {
        chains.add(chain(share, 40, "500", weeks(today, 3)));
      }
    }
    return SampleMaster.of(cash, chains, 40_001);
  }

  private static Reference reference(String symbol, String segment, String id, String name) {
    return new Reference(symbol, segment, id, name, TICK);
  }

  private static SampleChain chain(
      Instrument underlying, int wings, String lot, List<LocalDate> expiries) {
    return new SampleChain(
        underlying,
        underlying.securityId(),
        MIDDLE,
        STEP,
        wings,
        new BigDecimal(lot),
        expiries,
        expiries);
  }

  private static List<LocalDate> weeks(LocalDate first, int count) {
    return Stream.iterate(first, day -> day.plusWeeks(1)).limit(count).toList();
  }
}
