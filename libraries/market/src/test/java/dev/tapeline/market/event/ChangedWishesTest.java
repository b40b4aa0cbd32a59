package dev.tapeline.market.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangedWishesTest {

  private final ChangedWishes changes = new ChangedWishes();

  @Test
  void aReaderIsToldEachChangeAfterItsBeginOnce() {
    changes.add("OLD");
    WishNews news = changes.news();
    assertTrue(news.take().isNothing());
    List.of("B", "A", "B").forEach(changes::add);
    assertEquals(List.of("B", "A"), List.copyOf(news.take().symbols()));
    assertTrue(news.take().isNothing());
  }

  @Test
  void readersDoNotTakeFromEachOther() {
    WishNews first = changes.news();
    WishNews second = changes.news();
    changes.add("A");
    assertEquals(Set.of("A"), first.take().symbols());
    changes.add("B");
    assertEquals(Set.of("A", "B"), second.take().symbols());
  }

  @Test
  void aChangeOfAllCoversTheOthers() {
    WishNews news = changes.news();
    changes.add("A");
    changes.addAll();
    changes.add("B");
    assertEquals(WishNews.Changed.ALL, news.take());
    changes.add("C");
    assertEquals(Set.of("C"), news.take().symbols());
  }

  @Test
  void aReaderThatIsTooFarBehindLooksAtAll() {
    WishNews atLimit = changes.news();
    changes.add("X");
    WishNews within = changes.news();
    for (int i = 0; i < ChangedWishes.KEPT; i++) {
      changes.add("S" + i);
    }
    assertEquals(WishNews.Changed.ALL, atLimit.take());
    WishNews.Changed changed = within.take();
    assertFalse(changed.all());
    assertEquals(ChangedWishes.KEPT, changed.symbols().size());
  }

  @Test
  void changesAddUp() {
    WishNews.Changed a = new WishNews.Changed(false, Set.of("A"));
    WishNews.Changed b = new WishNews.Changed(false, Set.of("B"));
    assertEquals(Set.of("A", "B"), a.and(b).symbols());
    assertEquals(a, a.and(WishNews.Changed.NOTHING));
    assertEquals(a, WishNews.Changed.NOTHING.and(a));
    assertEquals(WishNews.Changed.ALL, a.and(WishNews.Changed.ALL));
    assertEquals(WishNews.Changed.ALL, WishNews.Changed.ALL.and(b));
  }
}
