package dev.tapeline.store.history.questdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryContract;
import dev.tapeline.store.history.HistoryRecorder;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.RecorderRules;
import dev.tapeline.store.history.Retention;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class QuestdbHistoryTest extends HistoryContract {

  private static final QuestdbForTests SERVER = QuestdbForTests.shared();
  private static final QuestdbHistory HISTORY = new QuestdbHistory(SERVER.url());
  private static final Series SERIES = new Series("KILLED", "vendor", Origin.LIVE);
  private static final long T = Instant.parse("2026-11-30T03:45:00Z").toEpochMilli();

  @Override
  protected History history() {
    return HISTORY;
  }

  private static HistoryRow tick(int number) {
    return new HistoryRow.OfTick(
        SERIES, T + number, Tick.NO_ID, 0, BigDecimal.valueOf(number), null, null);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited too long");
      Thread.sleep(5);
    }
  }

  /** A server that is killed has what it took, and gets the rest when it is back. */
  @Test
  void serverThatIsKilledMissesNothing() throws InterruptedException {
    RecorderRules rules =
        new RecorderRules(
            Set.of(),
            true,
            false,
            10_000,
            new Retention(Duration.ofDays(9_000), Duration.ofDays(9_000), Duration.ofDays(9_000)));
    List<HistoryRow> rows = new ArrayList<>();
    try (HistoryRecorder recorder = HistoryRecorder.start(HISTORY, rules, InstantSource.system())) {
      for (int i = 0; i < 3_000; i++) {
        rows.add(tick(i));
        recorder.add(tick(i));
        if (i == 1_000) {
          await(() -> recorder.report().stored() > 0);
          SERVER.kill();
        }
      }
      await(() -> recorder.report().problem() != null);
      assertTrue(recorder.report().waiting() > 0);
      SERVER.restart();
      await(() -> recorder.report().waiting() == 0);
      assertEquals(0, recorder.report().dropped());
    }
    Span all = new Span(T, T + 10_000, 10_000, false);
    await(() -> HISTORY.ticks(SERIES, all).size() >= rows.size());
    assertEquals(rows, HISTORY.ticks(SERIES, all));
  }
}
