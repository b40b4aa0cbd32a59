package dev.tapeline.plant.demand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Selector;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.market.indicator.study.IndicatorRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IndicatorWishesTest {

  private final DemandBook book = new DemandBook(Duration.ZERO, List.of(), 100);
  private final IndicatorWishes wishes = new IndicatorWishes(book::isWanted, 3);

  IndicatorWishesTest() {
    book.listen(wishes);
  }

  private static List<Selector> selectors(String... texts) {
    return Stream.of(texts).map(Selector::parse).toList();
  }

  private void release(String... texts) {
    book.onReleased(selectors(texts));
    book.onTime(0);
    book.onTime(1);
  }

  private List<String> names(String symbol) {
    return wishes.requests(symbol).stream().map(IndicatorRequest::name).toList();
  }

  @Test
  void channelsAskForWhatTheirNamesSay() {
    WishNews news = wishes.news();
    book.onWanted(selectors("indicators:NIFTY", "indicators:NIFTY:5m:rsi", "market:tick:NIFTY"));
    assertEquals(Set.of("NIFTY"), news.take().symbols());
    assertEquals(List.of("", "5m:rsi"), names("NIFTY"));
    assertEquals(Set.of(Frame.MINUTE, Frame.parse("5m")), wishes.frames("NIFTY"));
    assertEquals(List.of(), names("OTHER"));
    release("indicators:NIFTY");
    assertEquals(List.of("5m:rsi"), names("NIFTY"));
    release("indicators:NIFTY:5m:rsi");
    assertEquals(List.of(), names("NIFTY"));
    assertEquals(0, wishes.size());
  }

  @Test
  void otherChannelsChangeNothing() {
    WishNews news = wishes.news();
    book.onWanted(selectors("candles:NIFTY:1m", "indicators:NIFTY:1m:foo", "candles:*"));
    release("candles:NIFTY:1m", "indicators:NIFTY:1m:foo", "candles:*");
    assertTrue(news.take().isNothing());
    assertEquals(1, wishes.invalid());
  }

  @Test
  void aPatternAsksForTheCommonIndicators() {
    WishNews news = wishes.news();
    book.onWanted(selectors("indicators:N*"));
    assertTrue(news.take().all());
    assertEquals(List.of(IndicatorRequest.COMMON), wishes.requests("NIFTY"));
    assertEquals(List.of(IndicatorRequest.COMMON), wishes.requests("NIFTY"));
    assertEquals(List.of(), wishes.requests("BANKNIFTY"));
    assertEquals(1, wishes.size());
    release("indicators:N*");
    assertEquals(List.of(), wishes.requests("NIFTY"));
    assertEquals(0, wishes.size());
  }

  @Test
  void thoseBeyondTheLimitAreRefusedAndCounted() {
    book.onWanted(selectors("indicators:A", "indicators:B", "indicators:A:1m:rsi"));
    book.onWanted(selectors("indicators:C", "indicators:C*"));
    assertEquals(1, wishes.refused());
    assertEquals(List.of(), names("C"));
    assertEquals(2, wishes.refused());
    release("indicators:B");
    assertEquals(List.of(""), names("C"));
    assertEquals(3, wishes.size());
    release("indicators:C", "indicators:C*");
    assertEquals(2, wishes.size());
  }
}
