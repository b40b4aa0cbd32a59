package dev.tapeline.server.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedStatus;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.server.settings.part.Backfilling;
import dev.tapeline.server.settings.part.HistorySettings;
import dev.tapeline.store.PostgresForTests;
import dev.tapeline.store.database.Database;
import dev.tapeline.store.history.Figure;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.RecorderRules;
import dev.tapeline.store.history.Retention;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.sql.SqlHistory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which volatilities of earlier days count in the market of a source; from a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DailyVolatilitiesTest {

  private static final long DAY = 86_400_000;
  private static final long TODAY = 20_787 * DAY;
  private static final Duration KEPT = Duration.ofDays(9_000);

  private Database database;
  private NodeHistory history;

  @BeforeAll
  void start() {
    database = PostgresForTests.upDatabase();
    SqlHistory store = new SqlHistory(database.jdbi());
    append(store, new Series("NIFTY", "dhan", Origin.LIVE), 10, 3, 2);
    append(store, new Series("NIFTY", "angel", Origin.LIVE), 20, 4, 3, 2);
    append(store, new Series("NIFTY", "dhan", Origin.BACKFILL), 30, 6, 5, 4, 3);
    append(store, new Series("NIFTY", "simulator", Origin.SIMULATED), 40, 3, 2, 1);
    append(store, new Series("NIFTY", "dhan", Origin.REPLAY), 50, 9, 1);
    append(store, new Series("NIFTY", "dhan", Origin.LIVE), 60, 0, -1);
    append(
        store,
        new Series("GOLD", "dhan", Origin.LIVE),
        1,
        IntStream.rangeClosed(1, 300).map(i -> 301 - i).toArray());
    RecorderRules rules =
        new RecorderRules(Set.of(Frame.DAY), false, false, 1_000, new Retention(KEPT, KEPT, KEPT));
    history =
        new NodeHistory(
            new HistorySettings(rules, null, List.of("NIFTY"), Backfilling.OFF),
            database,
            InstantSource.system(),
            new SimpleMeterRegistry());
  }

  @AfterAll
  void stop() {
    history.close();
    database.close();
  }

  /** Values from this one on, of days so many days ago. */
  private static void append(SqlHistory store, Series series, double first, int... daysAgo) {
    store.append(
        IntStream.range(0, daysAgo.length)
            .mapToObj(i ->
                (HistoryRow)
                    new HistoryRow.OfFigure(
                        series, Figure.ATM_IV, TODAY - daysAgo[i] * DAY, first + i))
            .toList());
  }

  private double[] days(String underlying, String source, FeedStatus.State working) {
    SourceSpec spec = new SourceSpec(source, working, () -> {}, () -> null);
    return history.volatilities(spec).volatilities(underlying, TODAY).join();
  }

  @Test
  void liveDaysOfTheSourceComeFirstThenOtherLiveOnesThenFetchedOnes() {
    double[] expected = {30, 31, 20, 10, 11}; // 6, 5, 4, 3 and 2 days ago
    assertArrayEquals(expected, days("NIFTY", "dhan", FeedStatus.State.LIVE));
    double[] others = {30, 31, 20, 21, 22};
    assertArrayEquals(others, days("NIFTY", "angel", FeedStatus.State.LIVE));
  }

  @Test
  void simulatedMarketKnowsItsOwnDaysAlone() {
    double[] expected = {40, 41, 42};
    assertArrayEquals(expected, days("NIFTY", "simulator", FeedStatus.State.SIMULATED));
    assertEquals(0, days("NIFTY", "other", FeedStatus.State.SIMULATED).length);
  }

  /** So that a recording publishes the same bytes each time. */
  @Test
  void replayKnowsNone() {
    assertEquals(0, days("NIFTY", "dhan", FeedStatus.State.REPLAY).length);
  }

  @Test
  void newest252DaysCount() {
    double[] days = days("GOLD", "dhan", FeedStatus.State.LIVE);
    assertEquals(252, days.length);
    assertEquals(49, days[0]);
    assertEquals(300, days[251]);
  }

  @Test
  void endOfTheNodeIsNoFailureOfTheMarket() {
    ExecutorService ended = Executors.newSingleThreadExecutor();
    ended.close();
    DailyVolatilities volatilities =
        new DailyVolatilities(
            () -> new SqlHistory(database.jdbi()), "dhan", _ -> Origin.LIVE, ended);
    assertTrue(volatilities.volatilities("NIFTY", TODAY).isCompletedExceptionally());
  }

  @Test
  void storeThatIsAwayIsAFailure() {
    Database away = PostgresForTests.upDatabase();
    SqlHistory store = new SqlHistory(away.jdbi());
    away.close();
    DailyVolatilities volatilities =
        new DailyVolatilities(() -> store, "dhan", _ -> Origin.LIVE, Runnable::run);
    assertThrows(CompletionException.class, () -> volatilities.volatilities("NIFTY", TODAY).join());
  }
}
