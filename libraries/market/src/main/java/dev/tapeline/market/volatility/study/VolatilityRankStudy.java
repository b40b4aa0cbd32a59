package dev.tapeline.market.volatility.study;

import dev.tapeline.market.chain.VolatilityRank;
import dev.tapeline.market.chain.study.VolatilityRanks;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.market.volatility.VolatilityReading;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps where the volatility of each underlying stands among those of earlier days: that of 30 days
 * at the money, today's as the study of the volatility indices in front of this one tells it. It
 * emits nothing; the study of the chains asks it.
 *
 * <p>Earlier days are asked for when a rank is first asked for, and again with each new day of UTC.
 * Answers come later, from outside, and count from a step of the market's time on. So the same
 * ticks have the same ranks only if nothing is known of earlier days, as in replays.
 */
public final class VolatilityRankStudy implements Study, VolatilityRanks {

  private static final int MAX_UNDERLYINGS = 1_000;
  private static final long LOOK_MILLIS = 1_000;
  private static final long DAY_MILLIS = 86_400_000;

  /** How long an index that is told no more counts: one that stands still is told each 30 s. */
  private static final long READING_MILLIS = 120_000;

  /** When an answer that has failed is asked for again. */
  private static final long PAUSE_MILLIS = 10_000;

  private final VolatilityHistory history;
  private final Map<String, Standing> standings = new HashMap<>();
  private long nextLook = Long.MIN_VALUE;

  /** What is known of one underlying. */
  private static final class Standing {

    private final String underlying;
    private double today = Double.NaN;
    private long toldAt;
    private double[] days = {};
    private long day = Long.MIN_VALUE;
    private long askAt = Long.MIN_VALUE;
    private @Nullable CompletableFuture<double[]> asked;
    private VolatilityRank rank = VolatilityRank.NO_HISTORY;

    private Standing(String underlying) {
      this.underlying = underlying;
    }

    private void tell(double volatility, long now) {
      today = volatility;
      toldAt = now;
      rank = VolatilityRank.of(today, days);
    }
  }

  /** A study for one market. */
  public VolatilityRankStudy(VolatilityHistory history) {
    this.history = history;
  }

  @Override
  public VolatilityRank of(String underlying) {
    Standing standing = standing(underlying);
    return standing == null ? VolatilityRank.NO_HISTORY : standing.rank;
  }

  private @Nullable Standing standing(String underlying) {
    Standing known = standings.get(underlying);
    if (known != null || standings.size() >= MAX_UNDERLYINGS) {
      return known;
    }
    Standing made = new Standing(underlying);
    standings.put(underlying, made);
    return made;
  }

  @Override
  public void onEvent(MarketEvent event, Consumer<MarketEvent> out) {
    if (event instanceof MarketEvent.VolatilityIndexChanged(_, _, VolatilityReading reading)) {
      Standing standing = standing(reading.underlying());
      Double points = reading.cm30().points();
      if (standing != null) {
        standing.tell(points == null ? Double.NaN : points, reading.time());
      }
    }
  }

  @Override
  public void onTick(Tick tick, Consumer<MarketEvent> out) {
    Times times = tick.times();
    advance(times.received() > 0 ? times.received() : times.exchange());
  }

  @Override
  public void onTime(long millis, Consumer<MarketEvent> out) {
    advance(millis);
  }

  private void advance(long now) {
    if (now >= nextLook) {
      nextLook = now + LOOK_MILLIS;
      for (Standing standing : standings.values()) {
        look(standing, now);
      }
    }
  }

  private void look(Standing standing, long now) {
    CompletableFuture<double[]> asked = standing.asked;
    if (asked != null && asked.isDone()) {
      standing.asked = null;
      take(standing, asked, now);
    }
    long day = Math.floorDiv(now, DAY_MILLIS);
    if (standing.asked == null && day != standing.day && now >= standing.askAt) {
      standing.day = day;
      standing.asked = history.volatilities(standing.underlying, day * DAY_MILLIS);
    }
    if (!Double.isNaN(standing.today) && now - standing.toldAt > READING_MILLIS) {
      standing.tell(Double.NaN, now);
    }
  }

  private static void take(Standing standing, CompletableFuture<double[]> answer, long now) {
    if (answer.state() == Future.State.SUCCESS) {
      standing.days = answer.resultNow().clone();
      standing.rank = VolatilityRank.of(standing.today, standing.days);
    } else {
      standing.day = Long.MIN_VALUE;
      standing.askAt = now + PAUSE_MILLIS;
    }
  }
}
