package dev.tapeline.hub.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Folds;
import dev.tapeline.core.KindRules;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedBus;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** What the acts of one client cost, counted in what they look at, with few channels and many. */
class HubWorkTest {

  private static final int FEW = 500;
  private static final int MANY = 4_000;

  /** A hub on a bus of its own; its calls to the bus wait until they are run. */
  static final class Node {

    private final Queue<Runnable> calls = new ArrayDeque<>();
    private final EmbeddedBus bus = new EmbeddedBus(100_000);
    private final Hub hub;

    Node(int maxChannels) {
      hub =
          new Hub(
              new Hub.Limits(
                  maxChannels, 100, 100, 100, 1 << 16, 1 << 30, 1 << 16, 1L << 40, List.of()),
              KindRules.NONE,
              Folds.NONE,
              bus,
              calls::add);
      hub.start(state -> {});
    }

    Node() {
      this(100_000);
    }

    void call() {
      while (!calls.isEmpty()) {
        calls.remove().run();
      }
    }

    void acquire(String selector) {
      hub.acquire(Selector.parse(selector), () -> {});
    }

    void release(String selector) {
      hub.release(Selector.parse(selector));
    }

    void publish(String channel) {
      bus.publish(List.of(Publication.of(channel, "1")));
    }

    /** Subscribes to so many names and patterns that match none of them. */
    Node fill(int count) {
      for (int i = 0; i < count; i++) {
        acquire("own:" + i);
        Topic _ = hub.obtain("own:" + i);
        acquire("other:%05d*".formatted(i));
        acquire("*%05d*no".formatted(i));
      }
      call();
      return this;
    }

    long work() {
      return hub.counters().channelsCompared.sum() + hub.interest().patternSteps();
    }

    long workOf(Runnable act) {
      call();
      long before = work();
      act.run();
      call();
      return work() - before;
    }
  }

  /** It may cost something, but no more with many channels and patterns than with few. */
  private static void assertFlat(ToLongFunction<Node> act) {
    long few = act.applyAsLong(new Node().fill(FEW));
    long many = act.applyAsLong(new Node().fill(MANY));
    assertTrue(many <= few, "%d steps with few channels, %d with many".formatted(few, many));
  }

  @Test
  void addingAndReleasingANameCostsTheSameAmongManyChannels() {
    assertFlat(node ->
        node.workOf(() -> {
          node.acquire("new:1");
          Topic _ = node.hub.obtain("new:1");
          node.publish("new:1");
          node.release("new:1");
        }));
    assertFlat(node -> node.workOf(() -> node.release("own:7")));
  }

  @Test
  void aPatternLooksOnlyAtChannelsThatBeginAsItDoes() {
    assertFlat(node ->
        node.workOf(() -> {
          node.acquire("new:*");
          node.publish("new:1");
          node.release("new:*");
        }));
  }

  @Test
  void patternsThatAreReleasedTogetherLookAtTheChannelsOnce() {
    Node node = new Node().fill(FEW);
    long one = node.workOf(() -> node.release("*00001*no"));
    long others =
        node.workOf(() -> {
          for (int i = 2; i < 100; i++) {
            node.release("*%05d*no".formatted(i));
          }
        });
    assertTrue(others <= 2 * one, others + " steps for many, " + one + " for one");
    assertEquals(3 * FEW - 99, node.hub.upstreams());
  }

  @Test
  void aPublicationLooksAtAFewChannelsWhereThereAreTooMany() {
    ToLongFunction<Integer> publishing =
        count -> {
          Node node = new Node(10).fill(count);
          return node.workOf(() -> node.publish("own:1"));
        };
    assertTrue(publishing.applyAsLong(MANY) <= publishing.applyAsLong(FEW));
    Node matched = new Node(10);
    matched.acquire("m:*");
    matched.call();
    for (int i = 0; i < 100; i++) {
      matched.publish("m:" + i);
    }
    assertEquals(10, matched.hub.channels());
    assertEquals(90, matched.hub.counters().evictions.sum());
    assertTrue(matched.hub.find("m:99") != null && matched.hub.find("m:0") == null);
  }

  @Test
  void whatOnlyAReleasedPatternMatchedGoesAndTheRestStays() {
    Node node = new Node();
    node.acquire("a:*");
    node.acquire("a:1");
    node.call();
    List.of("a:1", "a:2", "a:3").forEach(node::publish);
    node.release("a:*");
    node.call();
    assertEquals(1, node.hub.channels());
    node.publish("a:2");
    assertEquals(1, node.hub.channels());
    assertEquals(1, node.hub.upstreams());
    node.release("a:1");
    assertEquals(0, node.hub.channels());
  }

  /** Nothing was lost: the bus went on delivering. */
  @Test
  void whoAsksForItBeforeAReleasedPatternIsGoneGoesOn() {
    for (String again : List.of("a:*", "a:1", "*:1")) {
      Node node = new Node();
      node.acquire("a:*");
      node.call();
      node.publish("a:1");
      node.release("a:*");
      node.acquire(again);
      node.publish("a:1");
      node.call();
      node.publish("a:1");
      Topic topic = node.hub.obtain("a:1");
      assertEquals(3, topic.ring().head(), again);
      assertTrue(node.hub.interest().delivers("a:1"), again);
    }
  }

  @Test
  void aNameThatIsReleasedAndWantedAgainEndsUpSubscribed() {
    Node node = new Node();
    node.acquire("a");
    node.release("a");
    node.acquire("a");
    node.call();
    assertTrue(node.hub.interest().delivers("a"));
    node.publish("a");
    assertEquals(1, node.hub.obtain("a").ring().head());
    node.release("a");
    node.call();
    assertEquals(0, node.hub.upstreams());
  }

  @Test
  void afterTheBusWasAwayAnEpochBeginsOnEachChannelOnce() {
    Node node = new Node();
    node.acquire("a:*");
    node.acquire("a:1");
    node.call();
    List.of("a:1", "a:2").forEach(node::publish);
    String former = node.hub.obtain("a:1").ring().epoch();
    node.hub.topics().all().forEach(node.hub.topics()::expire);
    assertEquals(1, node.hub.topics().stale(Channel.of("a:1")).size());
    assertEquals(2, node.hub.topics().stale(Pattern.parse("a:*")).size());
    List.of("a:1", "a:2").forEach(node::publish);
    assertTrue(!former.equals(node.hub.obtain("a:1").ring().epoch()));
    assertEquals(List.of(), node.hub.topics().stale(Pattern.parse("a:*")));
  }
}
