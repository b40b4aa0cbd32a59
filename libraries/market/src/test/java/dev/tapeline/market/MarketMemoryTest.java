package dev.tapeline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.indicator.study.IndicatorRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The formulas of docs/bars.md and docs/indicators.md, against the heap of a JVM of its own. {@code
 * -Dmemory.minutes=500} measures as many minutes as are kept.
 */
@Timeout(600)
class MarketMemoryTest {

  private static final int INSTRUMENTS = 5_000;
  private static final int WITH_INDICATORS = 500;

  /** How much less than the formulas it may be: they are bounds, and say how large it is. */
  private static final double LEAST = 0.8;

  @Test
  void barsAndIndicatorsTakeWhatTheDocumentsSay() throws Exception {
    int minutes = Integer.getInteger("memory.minutes", 100);
    long measured = measure(minutes);
    long formula = bars(minutes) + indicators();
    String figures =
        "%d minutes take %,d bytes, by the formulas %,d".formatted(minutes, measured, formula);
    System.out.println(figures);
    assertTrue(measured <= formula, figures);
    assertTrue(measured >= LEAST * formula, figures);
  }

  /** By docs/bars.md. */
  private static long bars(int minutes) {
    return INSTRUMENTS * (1_000L + 700L * MarketFootprint.FRAMES.size() + 53L * minutes);
  }

  /** By docs/indicators.md: there are more bars than are kept of series that nobody wants. */
  private static long indicators() {
    long series = 250L * INSTRUMENTS * MarketFootprint.FRAMES.size();
    return series + 61L * IndicatorRules.DEFAULT_MAX_KEPT_BARS + 27_000L * WITH_INDICATORS;
  }

  private static long measure(int minutes) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                MarketFootprint.class.getName(),
                "" + INSTRUMENTS,
                "" + minutes,
                "" + WITH_INDICATORS)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), told);
    return Long.parseLong(told.strip());
  }
}
