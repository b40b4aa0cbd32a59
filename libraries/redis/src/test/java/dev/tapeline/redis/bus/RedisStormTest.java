package dev.tapeline.redis.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.TickLists;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Selectors come and go at random while channels are published on as fast as they go. As long as a
 * channel is wanted without a break, from the first confirmation on, each of its publications is
 * delivered once and in order.
 */
class RedisStormTest {

  private static final List<String> CHANNELS = List.of("market:tick:A", "market:tick:B", "c");
  private static final List<Selector> SELECTORS =
      Stream.of("market:tick:A", "market:tick:B", "c", "market:tick:*", "market:*", "*", "*A")
          .map(Selector::parse)
          .toList();
  private static final int STEPS = 3_000;

  /** What the test did and what the listener heard, in one order. */
  private sealed interface Event {
    record Asked(Selector selector) implements Event {}

    record TakenBack(Selector selector) implements Event {}

    record Confirmed(Selector selector) implements Event {}

    record Delivered(String channel, int number) implements Event {}
  }

  private final List<Event> events = new ArrayList<>();
  private volatile boolean published;

  private synchronized void note(Event event) {
    events.add(event);
  }

  private synchronized long count(Event event) {
    return events.stream().filter(event::equals).count();
  }

  @Test
  void eachPublicationIsDeliveredOnceWhateverComesAndGoes() throws Exception {
    long seed = Long.getLong("tapeline.seed", System.nanoTime());
    System.out.println("RedisStormTest: -Dtapeline.seed=" + seed);
    try (RealRedis redis = RealRedis.running();
        RedisConnector connector = RedisConnectors.of(redis.settings());
        RedisBus bus = new RedisBus(connector, DurableRules.NONE, TickLists.RULES);
        RedisBus publisher = new RedisBus(connector, DurableRules.NONE, TickLists.RULES)) {
      bus.start(new Notes());
      publisher.start(new Notes());
      Await.until(() -> bus.state() == Bus.State.UP && publisher.state() == Bus.State.UP);
      redis.ask("LPUSH tick:A -1");
      Thread load = Thread.ofPlatform().name("publisher").start(() -> publish(publisher));
      storm(bus, new Random(seed));
      published = true;
      load.join();
      bus.subscribe(Selector.parse("end"));
      Await.until(() -> count(new Event.Confirmed(Selector.parse("end"))) == 1);
    }
    for (String channel : CHANNELS) {
      assertTrue(check(channel) > 0, () -> "nothing was checked on " + channel);
    }
  }

  private void storm(Bus bus, Random random) {
    Set<Selector> wanted = new HashSet<>();
    for (int i = 0; i < STEPS; i++) {
      Selector selector = SELECTORS.get(random.nextInt(SELECTORS.size()));
      if (wanted.add(selector)) {
        note(new Event.Asked(selector));
        bus.subscribe(selector);
      } else {
        wanted.remove(selector);
        note(new Event.TakenBack(selector));
        bus.unsubscribe(selector);
      }
      if (random.nextInt(4) == 0) {
        LockSupport.parkNanos(random.nextInt(2_000_000));
      }
    }
  }

  private void publish(Bus bus) {
    for (int i = 0; !published; i++) {
      int number = i;
      bus.publish(CHANNELS.stream().map(c -> Publication.of(c, "" + number)).toList())
          .toCompletableFuture()
          .orTimeout(10, TimeUnit.SECONDS)
          .join();
    }
  }

  /** Fails at a publication that is missing, doubled or out of order; returns how many it saw. */
  private int check(String channel) {
    Set<Selector> wanted = new HashSet<>();
    boolean confirmed = false;
    int last = -1;
    int whole = 0;
    int expected = -1;
    for (Event event : events) {
      switch (event) {
        case Event.Asked(Selector selector) -> {
          if (selector.matches(channel)) {
            wanted.add(selector);
          }
        }
        case Event.TakenBack(Selector selector) -> {
          wanted.remove(selector);
          confirmed = confirmed && !wanted.isEmpty();
        }
        case Event.Confirmed(Selector selector) -> {
          if (wanted.contains(selector) && !confirmed) {
            confirmed = true;
            expected = -1;
          }
        }
        case Event.Delivered(String on, int number) -> {
          if (on.equals(channel)) {
            assertTrue(number > last, "%s: %d after %d".formatted(channel, number, last));
            last = number;
            if (confirmed && expected >= 0) {
              assertEquals(expected, number, channel);
              whole++;
            }
            expected = confirmed ? number + 1 : -1;
          }
        }
      }
    }
    return whole;
  }

  private final class Notes implements Bus.Listener {

    @Override
    public void onSubscribed(Selector selector, List<Publication> last) {
      note(new Event.Confirmed(selector));
    }

    @Override
    public void onPublication(Publication publication) {
      note(new Event.Delivered(publication.channel(), Integer.parseInt(publication.text())));
    }

    @Override
    public void onPosition(String channel, Position position, @Nullable Publication newest) {}

    @Override
    public void onState(Bus.State state) {}
  }
}
