package dev.tapeline.redis.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Pattern;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SharedPatternsTest {

  private final Server server = new Server();

  /** What Redis has, which confirms or refuses when the test says so. */
  private static final class Server {

    private final SharedPatterns sharedPatterns = new SharedPatterns();
    private final Set<Pattern> patterns = new HashSet<>();
    private final Set<Pattern> wanted = new HashSet<>();
    private final Map<Pattern, BusSubscription> subscriptions = new HashMap<>();
    private final Queue<SharedPattern> unanswered = new ArrayDeque<>();
    private Set<Pattern> refused = Set.of();

    void want(String text) {
      Pattern pattern = Pattern.parse(text);
      if (wanted.add(pattern)) {
        BusSubscription subscription = new BusSubscription(pattern, 1);
        subscriptions.put(pattern, subscription);
        SharedPatterns.Change change = new SharedPatterns.Change();
        sharedPatterns.add(subscription, change);
        ask(change);
      }
    }

    void drop(String text) {
      BusSubscription subscription = subscriptions.remove(Pattern.parse(text));
      if (subscription != null) {
        wanted.remove(Pattern.parse(text));
        SharedPatterns.Change change = new SharedPatterns.Change();
        sharedPatterns.remove(subscription, change);
        ask(change);
      }
    }

    private void ask(SharedPatterns.Change change) {
      for (SharedPattern shared : change.begun()) {
        unanswered.add(shared);
        if (!refused.contains(shared.pattern())) {
          patterns.add(shared.pattern());
        }
      }
      change.ended().forEach(shared -> patterns.remove(shared.pattern()));
      check();
    }

    void answer() {
      SharedPattern shared = unanswered.poll();
      if (shared != null) {
        ask(
            refused.contains(shared.pattern())
                ? sharedPatterns.onRefused(shared)
                : sharedPatterns.onConfirmed(shared));
      }
    }

    Server answerAll() {
      while (!unanswered.isEmpty()) {
        answer();
      }
      return this;
    }

    /** Nothing that is wanted, and may be had, is left out. */
    private void check() {
      for (Pattern pattern : wanted) {
        boolean served = patterns.stream().anyMatch(each -> each.covers(pattern));
        boolean due = refused.isEmpty() || unanswered.isEmpty();
        assertTrue(
            served || !due || refused.contains(SharedPatterns.own(pattern)),
            () -> pattern + " is not among " + patterns);
      }
    }
  }

  @Property(tries = 50)
  void allThatIsWantedIsThereAtEachMoment(@ForAll Random random) {
    Server any = new Server();
    List<String> names = new ArrayList<>();
    List<String> beginnings = List.of("", "a:", "a:b:", "a:b:c", "d:");
    for (int step = 0; step < 400; step++) {
      String name =
          beginnings.get(random.nextInt(beginnings.size()))
              + (random.nextInt(20) == 0 ? "" : random.nextInt(60))
              + "*"
              + (random.nextInt(3) == 0 ? random.nextInt(3) + "*" : "");
      names.add(name);
      switch (random.nextInt(step < 200 ? 4 : 6)) {
        case 0, 1 -> any.want(name);
        case 2 -> any.answer();
        default -> any.drop(names.get(random.nextInt(names.size())));
      }
      assertTrue(any.sharedPatterns.all().size() <= SharedPatterns.MOST);
    }
    any.answerAll();
    assertTrue(any.patterns.size() <= SharedPatterns.MOST);
    names.forEach(any::drop);
    any.answerAll();
    assertEquals(Set.of(), any.patterns);
  }

  @Test
  void fewPatternsAreAskedForAsTheyAre() {
    for (int i = 0; i < SharedPatterns.MOST; i++) {
      server.want("market:tick:" + i + "x*");
    }
    assertEquals(SharedPatterns.MOST, server.answerAll().patterns.size());
    assertEquals(server.wanted, server.patterns);
    server.want("market:tick:7x7*");
    assertEquals(SharedPatterns.MOST, server.answerAll().patterns.size());
  }

  @Test
  void manyThatBeginAlikeAreServedByTheirBeginning() {
    for (int i = 0; i < 1_000; i++) {
      server.want("market:tick:" + (char) ('A' + i % 26) + i + "*");
      server.want("other:" + i % 9 + ":*");
    }
    server.answerAll();
    assertTrue(server.patterns.size() <= SharedPatterns.MOST, server.patterns::toString);
    assertFalse(server.patterns.contains(Pattern.parse("*")));
    assertTrue(server.patterns.contains(Pattern.parse("other:8:*")), server.patterns::toString);
  }

  @Test
  void whenFewAreLeftEachIsAskedForAgain() {
    for (int i = 100; i < 200; i++) {
      server.want("*" + i + "x*");
    }
    assertEquals(Set.of(Pattern.parse("*")), server.answerAll().patterns);
    for (int i = 100; i < 197; i++) {
      server.drop("*" + i + "x*");
    }
    assertEquals(server.wanted, server.answerAll().patterns);
  }

  @Test
  void onlyThreeStarsOfAPatternAreRedissToMatch() {
    server.want("*a".repeat(85) + "*1");
    server.want("*a".repeat(85) + "*2");
    assertEquals(Set.of(Pattern.parse("*a*a*")), server.answerAll().patterns);
  }

  @Test
  void whatServesOthersTooEndsWithItsOwnInterest() {
    server.want("m:*");
    server.want("m:1*");
    assertEquals(Set.of(Pattern.parse("m:*")), server.answerAll().patterns);
    server.drop("m:*");
    assertEquals(Set.of(Pattern.parse("m:1*")), server.answerAll().patterns);
  }

  /** As by an ACL that names patterns. */
  @Test
  void whereWhatIsMergedIsRefusedEachStaysForItself() {
    server.refused = Set.of(Pattern.parse("m:*"), Pattern.parse("m:0*"));
    for (int i = 0; i < 100; i++) {
      server.want("m:" + (100 + i) + "*");
    }
    server.refused = Set.of(Pattern.parse("m:1*"), Pattern.parse("m:*"), Pattern.parse("m:0*"));
    server.answerAll();
    server.want("m:*");
    server.want("m:300*");
    server.answerAll();
    assertTrue(server.patterns.contains(Pattern.parse("m:300*")));
    assertFalse(server.patterns.contains(Pattern.parse("m:*")));
  }
}
