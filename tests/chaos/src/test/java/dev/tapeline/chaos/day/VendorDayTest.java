package dev.tapeline.chaos.day;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A few minutes of a day with a fault in each, or with {@code -Pday} a whole day. What happens is
 * written to {@code target/day.txt}, with the seed; {@code -Dday.seed} deals the same faults again.
 */
@Timeout(1200)
class VendorDayTest {

  private static final int MINUTES = Integer.getInteger("day.minutes", 5);
  private static final int A_LONG_TIME = 60;

  private static final Path RECORD = Path.of("target", "day.txt");

  @TempDir Path folder;

  /** Prints a line, and keeps it: of a test that succeeds nothing is shown. */
  private static void write(Object line) {
    System.out.println(line);
    try {
      Files.writeString(RECORD, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DayPlan plan() {
    String seed = System.getProperty("day.seed", "");
    boolean isLong = MINUTES >= A_LONG_TIME;
    return new DayPlan(
        seed.isEmpty() ? ThreadLocalRandom.current().nextLong(1_000_000) : Long.parseLong(seed),
        MINUTES,
        Integer.getInteger("day.ticks", 1),
        isLong ? Duration.ofSeconds(15) : Duration.ofMillis(300),
        isLong);
  }

  @Test
  void pricesAreTheVendorsOwnAndNothingGrows() throws IOException {
    Files.deleteIfExists(RECORD);
    DayPlan plan = plan();
    write("day: " + plan);
    try (VendorDay day = new VendorDay(plan, folder, VendorDayTest::write)) {
      DayReport report = day.run();
      write(report);
      write(day.counted());
      assertEquals(List.of(), report.findings(), day::log);
      assertTrue(report.numbered() > 0, report::toString);
      if (plan.harsh()) {
        assertEquals(List.of(), report.growth());
      }
    }
  }
}
