package dev.tapeline.market.volatility.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tapeline.market.chain.NoFigure;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The rank of today's volatility in chains, whose earlier days come later and from outside. */
class VolatilityRankStudyTest {

  private static final LocalDate NEAR = LocalDate.of(2026, 12, 29);
  private static final LocalDate NEXT = LocalDate.of(2027, 1, 26);
  private static final long DAY = 86_400_000;

  private final List<Asked> asked = new ArrayList<>();
  private final IndexMarket market = new IndexMarket("2026-12-07T10:00", this::ask);

  private record Asked(String underlying, long before, CompletableFuture<double[]> answer) {}

  private CompletableFuture<double[]> ask(String underlying, long before) {
    CompletableFuture<double[]> answer = new CompletableFuture<>();
    asked.add(new Asked(underlying, before, answer));
    return answer;
  }

  /** Has both chains told, and their index after them. */
  private void quote(double volatility) {
    market.quoteAll(NEAR, volatility);
    market.quoteAll(NEXT, volatility);
    market.pass(1_100);
    market.pass(1_100);
  }

  /** Days of 10, 10.1 and so on. */
  private static double[] days(int count) {
    double[] days = new double[count];
    for (int i = 0; i < count; i++) {
      days[i] = 10 + i / 10.0;
    }
    return days;
  }

  @Test
  void todayIsRankedAmongEarlierDaysOnceTheyHaveCome() {
    quote(0.15);
    assertEquals(NoFigure.NO_HISTORY, market.rank.why());
    long today = IndexMarket.at("2026-12-07T05:30"); // midnight in UTC
    assertEquals(1, asked.size());
    assertEquals("NIFTY", asked.getFirst().underlying());
    assertEquals(today, asked.getFirst().before());
    asked.getFirst().answer().complete(days(101));
    quote(0.15);
    quote(0.15);
    assertNull(market.rank.why());
    assertEquals(0.5, market.rank.rank(), 1e-4); // 15 of 10 to 20
    assertEquals(101, market.rank.n());
  }

  @Test
  void answerCountsFromAStepOfTheMarketOn() {
    quote(0.15);
    asked.getFirst().answer().complete(days(101));
    market.quoteAll(NEAR, 0.151);
    assertEquals(NoFigure.NO_HISTORY, market.rank.why());
  }

  @Test
  void eachNewDayAsksAgain() {
    quote(0.15);
    asked.getFirst().answer().complete(days(70));
    quote(0.15);
    assertEquals(1, asked.size());
    market.pass(DAY);
    quote(0.15);
    assertEquals(2, asked.size());
    assertEquals(asked.getFirst().before() + DAY, asked.getLast().before());
    asked.getLast().answer().complete(days(71));
    quote(0.15);
    quote(0.15);
    assertEquals(71, market.rank.n());
  }

  @Test
  void storeThatIsAwayIsAskedAgainAfterAWhile() {
    quote(0.15);
    asked.getFirst().answer().completeExceptionally(new IllegalStateException("away"));
    market.pass(1_100);
    market.pass(5_000);
    assertEquals(1, asked.size());
    market.pass(10_000);
    assertEquals(2, asked.size());
  }

  @Test
  void nobodyKnowsTheRankOfAnIndexThatIsNotComputed() {
    market.wanted = false;
    quote(0.15);
    asked.getFirst().answer().complete(days(101));
    quote(0.15);
    quote(0.16);
    assertEquals(NoFigure.NO_VOLATILITY, market.rank.why());
    assertEquals(101, market.rank.n());
  }

  @Test
  void indexThatIsToldNoMoreCountsForTwoMinutes() {
    quote(0.15);
    asked.getFirst().answer().complete(days(101));
    quote(0.15);
    quote(0.15);
    assertNull(market.rank.why());
    market.wanted = false;
    market.pass(120_000);
    market.pass(1_100);
    quote(0.15);
    assertEquals(NoFigure.NO_VOLATILITY, market.rank.why());
  }

  @Test
  void withoutAStoreThereIsNeverARank() {
    IndexMarket replay = new IndexMarket("2026-12-07T10:00");
    for (int i = 0; i < 3; i++) {
      replay.quoteAll(NEAR, 0.15);
      replay.quoteAll(NEXT, 0.15);
      replay.pass(1_100);
      assertEquals(NoFigure.NO_HISTORY, replay.rank.why());
      assertEquals(0, replay.rank.n());
    }
  }
}
