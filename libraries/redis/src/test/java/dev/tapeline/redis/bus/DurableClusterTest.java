package dev.tapeline.redis.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Append;
import dev.tapeline.core.Bus;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.DurableLaw;
import dev.tapeline.redis.DurableTrio;
import dev.tapeline.redis.RealCluster;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.log.DurableLoad;
import dev.tapeline.redis.log.Partitions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Durable channels on a real cluster whose nodes die, whose connections are cut and whose slots
 * move, while all of them are published on: whatever happens, listeners are told the numbers of an
 * epoch in order, each once, and each change of epoch.
 */
class DurableClusterTest {

  private static final String MOVED = DurableTrio.CHANNELS.get(3);

  /** What docs/redis.md says a user needs of it. */
  private static final String RIGHTS =
      RedisClusterTest.RIGHTS
          + " +fcall +function +eval +hmget +hgetall +hlen +hset +hget +hdel +del +unlink +rpush"
          + " +lpop +llen +time +spublish";

  private static RealCluster cluster;
  private static int tests;

  private String prefix;
  private DurableTrio trio;

  @BeforeAll
  static void startCluster() {
    cluster = RealCluster.running("user least on >pw ~* &* -@all " + RIGHTS);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void connect() {
    prefix = "t%d:".formatted(++tests);
    trio = new DurableTrio(cluster.settings("").withKeyPrefix(prefix));
  }

  @AfterEach
  void close() {
    trio.close();
  }

  private String key(String channel) {
    return prefix + Partitions.key(Partitions.of(channel));
  }

  @Test
  void aKilledMasterIsSurvivedUnderLoad() throws Exception {
    RealRedis victim = cluster.ownerOf(key(MOVED));
    try {
      killUnderLoad(victim);
      trio.assertAllEndAtTheTops();
    } finally {
      victim.start();
      cluster.awaitWhole();
    }
  }

  private void killUnderLoad(RealRedis victim) throws InterruptedException {
    try (DurableLoad load = trio.load()) {
      trio.awaitMore(500);
      String epoch = trio.epochOf(MOVED);
      victim.kill();
      trio.awaitOtherEpoch(MOVED, epoch);
      trio.awaitMore(500);
      assertTrue(load.failures() > 0, "no publication failed");
    }
  }

  @Test
  void connectionsOfPartitionsThatAreCutLoseNothingWhileTheBusIsUp() throws Exception {
    try (DurableLoad load = trio.load()) {
      trio.awaitMore(300);
      int epochs = trio.names.epochs() + trio.patterns.epochs();
      for (int i = 0; i < 5; i++) {
        cluster.masters().forEach(DurableClusterTest::cutShards);
        trio.awaitMore(300);
      }
      assertEquals(epochs, trio.names.epochs() + trio.patterns.epochs());
      assertEquals(0, load.failures());
    }
    trio.assertAllEndAtTheTops();
    assertEquals(List.of(Bus.State.UP), trio.names.states());
    assertTrue(trio.byName.stats().repaired() > 0, "nothing was missed");
  }

  private static void cutShards(RealRedis node) {
    node.ask("CLIENT LIST TYPE pubsub")
        .lines()
        .filter(line -> line.contains(" ssub=") && !line.contains(" ssub=0 "))
        .map(
            line -> line.substring(line.indexOf("id=") + 3, line.indexOf(' ', line.indexOf("id="))))
        .forEach(id -> node.ask("CLIENT KILL ID " + id));
  }

  @Test
  void aSlotThatMovesUnderLoadIsAnotherEpochAtItsNextOwner() throws Exception {
    RealRedis from = cluster.ownerOf(key(MOVED));
    RealRedis to = other(from);
    try (DurableLoad load = trio.load()) {
      trio.awaitMore(300);
      for (int i = 0; i < 2; i++) {
        String epoch = trio.epochOf(MOVED);
        cluster.moveWithKeys(key(MOVED), i == 0 ? from : to, i == 0 ? to : from);
        trio.awaitOtherEpoch(MOVED, epoch);
        trio.awaitMore(300);
      }
    }
    trio.assertAllEndAtTheTops();
    assertEquals(List.of(Bus.State.UP), trio.names.states());
    cluster.awaitWhole();
  }

  private static RealRedis other(RealRedis node) {
    return cluster.masters().stream().filter(it -> it != node).findFirst().orElseThrow();
  }

  @Test
  void whileItsSlotMovesAPartitionRefusesWhatCouldBeLost() {
    Position before = trio.appended(MOVED, "1");
    Await.until(() -> trio.names.stands(MOVED, before));
    RealRedis from = cluster.ownerOf(key(MOVED));
    RealRedis to = other(from);
    cluster.beginMove(key(MOVED), from, to);
    String home = from.ask("HGET %s *home".formatted(key(MOVED)));
    cluster.migrateKeys(key(MOVED), from, to);
    assertEquals(null, trio.tried(MOVED, "refused"));
    Await.until(() -> to.ask("ASKING\r\nHGET %s *home".formatted(key(MOVED))).endsWith(home));
    cluster.endMove(key(MOVED), from, to);
    Position after = trio.appended(MOVED, "2");
    assertEquals(1, after.seq());
    assertNotEquals(before.epoch(), after.epoch());
    Await.until(() -> trio.names.stands(MOVED, after) && trio.patterns.stands(MOVED, after));
    cluster.moveWithKeys(key(MOVED), to, from);
    cluster.awaitWhole();
  }

  @Test
  void aNodeThatLacksTheLibraryGetsItWithTheNextCall() throws Exception {
    Position before = trio.appended(MOVED, "1");
    RealRedis node = cluster.ownerOf(key(MOVED));
    node.ask("FUNCTION FLUSH");
    assertEquals(new Position(before.epoch(), 2), trio.appended(MOVED, "2"));
    node.ask("FUNCTION FLUSH");
    DurableLaw late = new DurableLaw();
    try (RedisBus bus = trio.started(late)) {
      node.ask("FUNCTION FLUSH");
      bus.subscribe(Selector.parse(MOVED));
      Await.until(() -> late.stands(MOVED, new Position(before.epoch(), 2)));
    }
    try (DurableLoad load = trio.load()) {
      trio.awaitMore(300);
      node.ask("FUNCTION FLUSH");
      trio.awaitMore(300);
      assertEquals(List.of(), load.unexpected());
    }
    trio.assertAllEndAtTheTops();
    assertEquals(before.epoch(), trio.names.held(MOVED).epoch());
  }

  @Test
  void anInterestThatWaitsForAPartitionBeginsWhenThereIsOne() {
    RealRedis from = cluster.ownerOf(key(MOVED));
    RealRedis to = other(from);
    cluster.beginMove(key(MOVED), from, to);
    cluster.migrateKeys(key(MOVED), from, to);
    DurableLaw late = new DurableLaw();
    try (RedisBus bus = trio.started(late)) {
      bus.subscribe(Selector.parse(DurableTrio.CHANNELS.get(4)));
      bus.subscribe(Selector.parse("d:*"));
      bus.subscribe(Selector.parse(MOVED));
      Await.until(() -> late.subscribed() > 0);
      assertEquals(1, late.subscribed());
      cluster.endMove(key(MOVED), from, to);
      Await.until(() -> late.subscribed() == 3);
      Position top = trio.appended(MOVED, "1");
      Await.until(() -> late.stands(MOVED, top));
    }
    assertEquals(List.of(), late.broken());
    cluster.moveWithKeys(key(MOVED), to, from);
    cluster.awaitWhole();
  }

  @Test
  void theRightsOfTheDocumentationAreEnough() {
    DurableTrio least = new DurableTrio(cluster.settings("least:pw@").withKeyPrefix(prefix));
    Append append = Append.of(Publication.of(MOVED, "1")).withId("a");
    least.publisher.log().append(List.of(append)).toCompletableFuture().join();
    least.assertAllEndAtTheTops();
    least.close();
  }
}
