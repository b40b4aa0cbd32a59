package dev.tapeline.redis.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Channel;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusSubscriptionsTest {

  private static BusSubscription subscription(String selector) {
    return new BusSubscription(Selector.parse(selector), 1);
  }

  private static List<String> matching(BusSubscriptionIndex map, String channel) {
    List<String> found = new ArrayList<>();
    map.forEachMatch(channel, subscription -> found.add(subscription.selector().text()));
    return found;
  }

  @Test
  void interestsInOneSelectorLeaveOneByOne() {
    BusSubscriptionIndex map = new BusSubscriptionIndex();
    List<BusSubscription> all =
        List.of(subscription("a:1"), subscription("a:*"), subscription("a:*"));
    all.forEach(map::add);
    assertEquals(List.of("a:1", "a:*", "a:*"), matching(map, "a:1"));
    map.remove(all.get(1));
    map.remove(all.get(1));
    map.remove(subscription("b"));
    assertEquals(2, map.size());
    assertEquals(List.of("a:*"), matching(map, "a:2"));
    map.remove(all.get(2));
    map.remove(all.get(0));
    assertTrue(map.isEmpty());
    assertEquals(List.of(), matching(map, "a:1"));
  }

  @Test
  void aChannelIsWantedAsLongAsOneOfItsSelectorsIs() {
    BusSubscriptions subscriptions = new BusSubscriptions(DurableRules.NONE);
    subscriptions.add(List.of(Selector.parse("a:*"), Channel.of("a:1"), Channel.of("b")));
    assertTrue(
        subscriptions.wants("a:1") && subscriptions.wants("a:2") && !subscriptions.wants("c"));
    subscriptions.remove(List.of(Selector.parse("a:*"), Channel.of("b"), Channel.of("c")));
    assertTrue(subscriptions.wants("a:1"));
    assertFalse(subscriptions.wants("a:2") || subscriptions.wants("b"));
  }
}
