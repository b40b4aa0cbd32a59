package dev.tapeline.plant.demand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Selector;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.event.WishNews;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WantedBarsTest {

  private final DemandBook book = new DemandBook(Duration.ZERO, List.of(), 100);
  private final WantedBars bars = WantedBars.follow(book, frames("1m", "5m"));

  private static List<Frame> frames(String... texts) {
    return Stream.of(texts).map(Frame::parse).toList();
  }

  private static List<Selector> selectors(String... texts) {
    return Stream.of(texts).map(Selector::parse).toList();
  }

  private void release(String... texts) {
    book.onReleased(selectors(texts));
    book.onTime(0);
  }

  @Test
  void aChannelByNameWantsItsFrame() {
    book.onWanted(selectors("candles:NIFTY:7m", "candles:NIFTY:1m", "candles:TCS:1s"));
    assertEquals(frames("7m", "1m"), bars.frames("NIFTY"));
    assertEquals(frames("1s"), bars.frames("TCS"));
    assertEquals(List.of(), bars.frames("INFY"));
    release("candles:NIFTY:1m");
    assertEquals(frames("7m"), bars.frames("NIFTY"));
  }

  @Test
  void aPatternWantsTheConfiguredFramesOfWhatItMatches() {
    book.onWanted(selectors("candles:N*", "candles:NIFTY:30s"));
    assertEquals(frames("30s", "1m", "5m"), bars.frames("NIFTY"));
    assertEquals(List.of(), bars.frames("TCS"));
    release("candles:N*");
    assertEquals(frames("30s"), bars.frames("NIFTY"));
  }

  @Test
  void indicatorsWantTheBarsThatTheyAreComputedFrom() {
    book.onWanted(selectors("indicators:NIFTY", "indicators:NIFTY:3m:rsi-14", "candles:NIFTY:3m"));
    assertEquals(frames("1m", "3m"), bars.frames("NIFTY"));
    release("candles:NIFTY:3m"); // the indicators still want it
    assertEquals(frames("1m", "3m"), bars.frames("NIFTY"));
    release("indicators:NIFTY:3m:rsi-14", "indicators:NIFTY");
    assertEquals(List.of(), bars.frames("NIFTY"));
  }

  @Test
  void theNewsAreOfWhatConcernsBars() {
    WishNews news = bars.news();
    book.onWanted(selectors("trade@NIFTY", "candles:NIFTY:7x", "candles:NIFTY", "candles::1m"));
    book.onWanted(selectors("trade@*"));
    assertTrue(news.take().isNothing());
    book.onWanted(selectors("candles:NIFTY:7m", "candles:ACME:7m"));
    assertEquals(Set.of("NIFTY", "ACME"), news.take().symbols());
    release("candles:NIFTY:7m");
    assertEquals(Set.of("NIFTY"), news.take().symbols());
    book.onWanted(selectors("candles:*:1m"));
    assertTrue(news.take().all());
    assertTrue(news.take().isNothing());
  }
}
