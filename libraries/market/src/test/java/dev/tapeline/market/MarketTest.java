package dev.tapeline.market;

import static dev.tapeline.market.Ticks.HDFC;
import static dev.tapeline.market.Ticks.depth;
import static dev.tapeline.market.Ticks.quote;
import static dev.tapeline.market.Ticks.start;
import static dev.tapeline.market.Ticks.trade;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MarketTest {

  private final Told told = new Told();

  @Test
  void whatFollowsFromATickComesAfterIt() {
    Market market = Market.of(told);
    market.onTick(start("10"));
    assertEquals(List.of("SessionStarted", "DayChanged"), told.takeKinds());
    market.onTick(trade("11", "5", 1));
    assertEquals(List.of("Traded", "DayChanged"), told.takeKinds());
    market.onTick(quote("10 1", "12 1"));
    market.onTick(depth());
    market.onFrameEnd();
    market.onBatchEnd();
    assertEquals(List.of("Quoted", "BookChanged", "frame", "batch"), told.takeKinds());
  }

  /** Ends a minute when its time has come, with a session's end as its event. */
  private static final class MinuteStudy implements Study {

    private final List<Long> closed = new ArrayList<>();
    private long minute = -1;

    @Override
    public void onTime(long millis, Consumer<MarketEvent> out) {
      long now = millis / 60_000;
      if (minute >= 0 && now != minute) {
        closed.add(minute * 60_000);
        Times times = new Times(minute * 60_000, millis);
        out.accept(new MarketEvent.SessionStarted(new Tick.SessionStart(HDFC, times, null)));
      }
      minute = now;
    }
  }

  @Test
  void timeAloneClosesWhatIsDue() {
    MinuteStudy minutes = new MinuteStudy();
    Market market = Market.of(told, minutes);
    market.onTime(59_000);
    market.onTime(59_950);
    assertEquals(List.of("frame", "frame"), told.takeKinds());
    market.onTime(60_000);
    assertEquals(List.of("SessionStarted", "frame"), told.takeKinds());
    market.onTime(125_000);
    assertEquals(List.of(0L, 60_000L), minutes.closed);
  }

  /** Hears what studies in front of it tell. */
  private static final class Counting implements Study {

    private final List<String> heard = new ArrayList<>();

    @Override
    public void onEvent(MarketEvent event, Consumer<MarketEvent> out) {
      heard.add(event.getClass().getSimpleName());
    }
  }

  @Test
  void aStudyHearsThoseInFrontOfItOnly() {
    Counting behind = new Counting();
    Counting inFront = new Counting();
    Market market = Market.of(told, inFront, new MinuteStudy(), behind);
    market.onTick(trade("11", "5", 1));
    market.onTime(1);
    market.onTime(60_001);
    assertEquals(List.of("Traded", "DayChanged", "SessionStarted"), behind.heard);
    assertEquals(List.of("Traded", "DayChanged"), inFront.heard);
  }
}
