package dev.tapeline.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tapeline.core.Append;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plain messages on durable channels. */
class RedisAdopterTest {

  private static final DurableRules RULES =
      new DurableRules(
          List.of(
              rule("d:mirror*", DurableRules.Plain.MIRROR),
              rule("d:*", DurableRules.Plain.ADOPT),
              rule("d:a*", DurableRules.Plain.ADOPT)));

  private RealRedis redis;
  private Node a;

  private static DurableRules.Rule rule(String selector, DurableRules.Plain plain) {
    return new DurableRules.Rule(Selector.parse(selector), DurableRules.DEFAULT_BOUNDS, plain);
  }

  private static final class Node implements AutoCloseable {

    private final RedisConnector connector;
    private final RedisBus bus;
    private final RedisLeases leases;
    private final RedisAdopter adopter;
    private final BusRecorder recorder = new BusRecorder();

    private Node(RealRedis redis, String name) {
      connector = new RedisConnector(redis.settings());
      bus = new RedisBus(connector, RULES);
      leases = new RedisLeases(connector, bus);
      adopter = new RedisAdopter(connector, bus, leases, RULES, name);
      bus.start(recorder);
      adopter.start();
    }

    private void subscribe(String selector) {
      bus.subscribe(Selector.parse(selector));
      recorder.await(() -> recorder.subscribed().contains(selector));
    }

    @Override
    public void close() {
      adopter.close();
      leases.close();
      bus.close();
      connector.close();
    }
  }

  @BeforeEach
  void start() {
    redis = RealRedis.running();
    a = new Node(redis, "a");
    Await.until(() -> a.adopter.partitions() == Partitions.COUNT);
  }

  @AfterEach
  void stop() {
    a.close();
    redis.close();
  }

  @Test
  void aPlainMessageIsLoggedOnceAndDeliveredWithItsNumber() {
    a.subscribe("d:a");
    redis.ask("PUBLISH d:a 1");
    redis.ask("PUBLISH d:a 2");
    a.recorder.awaitPublications(2);
    append("d:a", "3");
    redis.ask("PUBLISH d:a 4");
    a.recorder.awaitPublications(4);
    assertEquals(List.of("d:a 1", "d:a 2", "d:a 3", "d:a 4"), a.recorder.texts());
    assertEquals(4, position(3).seq());
    assertEquals(position(0).epoch(), position(3).epoch());
    Await.until(() -> a.adopter.adopted() == 3);
  }

  @Test
  void anotherAdopterIsAnotherEpochOfAdoptedChannelsOnly() {
    a.subscribe("d:a");
    a.subscribe("d:b");
    redis.ask("PUBLISH d:a 1");
    append("d:b", "1");
    a.recorder.awaitPublications(2);
    try (Node b = new Node(redis, "b")) {
      a.adopter.close();
      Await.until(() -> b.adopter.partitions() == Partitions.COUNT);
      redis.ask("PUBLISH d:a 2");
      append("d:b", "2");
      a.recorder.awaitPublications(4);
      Await.until(() -> b.adopter.adopted() == 1);
    }
    List<Position> ofA = positions("d:a");
    List<Position> ofB = positions("d:b");
    assertEquals(List.of(1L, 1L), ofA.stream().map(Position::seq).toList());
    assertNotEquals(ofA.get(0).epoch(), ofA.get(1).epoch());
    assertEquals(List.of(1L, 2L), ofB.stream().map(Position::seq).toList());
    assertEquals(ofB.get(0).epoch(), ofB.get(1).epoch());
  }

  @Test
  void aMirroredChannelGoesOutPlainlyTooAndIsNotAdopted() {
    RedisBus outside = new RedisBus(a.connector);
    BusRecorder heard = new BusRecorder();
    outside.start(heard);
    outside.subscribe(Selector.parse("d:mirror"));
    heard.await(() -> heard.subscribed().contains("d:mirror"));
    a.subscribe("*");
    append("d:mirror", "1");
    redis.ask("PUBLISH d:mirror foreign");
    append("d:mirror", "2");
    redis.ask("PUBLISH end x");
    a.recorder.awaitPublications(3);
    heard.awaitPublications(3);
    outside.close();
    assertEquals(List.of("d:mirror 1", "d:mirror foreign", "d:mirror 2"), heard.texts());
    assertEquals(List.of(1L, 2L), positions("d:mirror").stream().map(Position::seq).toList());
    a.recorder.await(() -> a.bus.stats().ignoredPlain() == 3);
    assertEquals(0, a.adopter.adopted());
  }

  private void append(String channel, String text) {
    a.bus
        .log()
        .append(List.of(Append.of(Publication.of(channel, text))))
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  private Position position(int index) {
    return a.recorder.publications().get(index).position();
  }

  private List<Position> positions(String channel) {
    return a.recorder.publications().stream()
        .filter(publication -> publication.channel().equals(channel))
        .map(Publication::position)
        .toList();
  }
}
