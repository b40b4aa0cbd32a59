package dev.tapeline.feed.dhan.master;

import static dev.tapeline.feed.dhan.master.MasterCsv.TODAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.InstrumentQuery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A master as large as the vendor's. */
class LargeSampleTest {

  private static final long MOST_BYTES = 60L << 20;
  private static final Logger log = LoggerFactory.getLogger(LargeSampleTest.class);

  @Test
  void twoHundredThousandInstrumentsTakeLittleMemory() {
    byte[] file = LargeSample.ofDay(TODAY);
    long before = used();
    DhanMaster master = MasterCsv.parse(file, TODAY);
    long taken = used() - before;
    log.info("{} instruments of {} bytes take {} bytes", master.size(), file.length, taken);
    assertEquals(new MasterReport(197_480, 197_480, Map.of(), 0, 0, null), master.report());
    assertTrue(taken < MOST_BYTES, () -> taken + " bytes");
    assertEquals(
        List.of("INDEX3-20261207-25050-CE"),
        master.search(InstrumentQuery.of("ex3-20261207-25050-c"), 5).stream()
            .map(Instrument::symbol)
            .toList());
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) { // each may leave what the next one clears
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
