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

class InterestsTest {

  private static Interest interest(String selector) {
    return new Interest(Selector.parse(selector), 1);
  }

  private static List<String> matching(InterestMap map, String channel) {
    List<String> found = new ArrayList<>();
    map.forEachMatch(channel, interest -> found.add(interest.selector().text()));
    return found;
  }

  @Test
  void interestsInOneSelectorLeaveOneByOne() {
    InterestMap map = new InterestMap();
    List<Interest> all = List.of(interest("a:1"), interest("a:*"), interest("a:*"));
    all.forEach(map::add);
    assertEquals(List.of("a:1", "a:*", "a:*"), matching(map, "a:1"));
    map.remove(all.get(1));
    map.remove(all.get(1));
    map.remove(interest("b"));
    assertEquals(2, map.size());
    assertEquals(List.of("a:*"), matching(map, "a:2"));
    map.remove(all.get(2));
    map.remove(all.get(0));
    assertTrue(map.isEmpty());
    assertEquals(List.of(), matching(map, "a:1"));
  }

  @Test
  void aChannelIsWantedAsLongAsOneOfItsSelectorsIs() {
    Interests interests = new Interests(DurableRules.NONE);
    interests.add(List.of(Selector.parse("a:*"), Channel.of("a:1"), Channel.of("b")));
    assertTrue(interests.wants("a:1") && interests.wants("a:2") && !interests.wants("c"));
    interests.remove(List.of(Selector.parse("a:*"), Channel.of("b"), Channel.of("c")));
    assertTrue(interests.wants("a:1"));
    assertFalse(interests.wants("a:2") || interests.wants("b"));
  }
}
