package dev.tapeline.redis.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Bus.State;
import dev.tapeline.core.BusContract;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.Cache.Write;
import dev.tapeline.core.Cache.Write.Append;
import dev.tapeline.core.Cache.Write.Put;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Finding;
import dev.tapeline.core.Finding.Level;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.Load;
import dev.tapeline.redis.RealCluster;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.ShardRecorder;
import dev.tapeline.redis.TickLists;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.cache.RedisCache;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.doctor.RedisProbe;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.RedisSession;
import dev.tapeline.redis.topology.ShardedSubscriptions;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bus, the cache and sharded subscriptions on a real cluster, whose nodes die and move. */
class RedisClusterTest extends BusContract {

  private static final Duration TTL = Duration.ofMinutes(5);
  private static final String SHARD = "tapeline:{3}";

  /** What docs/redis.md says a user needs in a cluster. */
  static final String RIGHTS =
      RedisLoginTest.RIGHTS + " +cluster|nodes +cluster|myid +info +ssubscribe +sunsubscribe";

  private static final List<RedisConnector> connectors = new ArrayList<>();
  private static RealCluster cluster;

  // Nodes pass plain messages on when they can: one of a test may arrive in the next.
  private String prefix;
  private RedisConnector connector;

  @BeforeAll
  static void startCluster() {
    cluster = RealCluster.running("user least on >pw ~* &* -@all " + RIGHTS);
  }

  @AfterAll
  static void stopCluster() {
    connectors.forEach(RedisConnector::close);
    cluster.close();
  }

  @Override
  protected Bus newBus() {
    prefix = "t%d:".formatted(connectors.size());
    connector = RedisConnectors.of(cluster.settings("").withKeyPrefix(prefix));
    connectors.add(connector);
    return new RedisBus(connector, DurableRules.NONE, TickLists.RULES);
  }

  private ShardedSubscriptions shards() {
    return ((RedisBus) bus).shards();
  }

  @Test
  void aPlainPublicationAtAnyNodeReachesEachSelectorThatMatchesOnce() {
    subscribe("m:x");
    subscribe("m:*");
    List<String> expected = new ArrayList<>();
    for (RealRedis node : cluster.nodes()) {
      node.ask("PUBLISH %sm:x ".formatted(prefix) + node.port());
      node.ask("PUBLISH %sm:y ".formatted(prefix) + node.port());
      expected.addAll(List.of("m:x " + node.port(), "m:y " + node.port()));
    }
    recorder.awaitPublications(expected.size());
    assertEquals(expected.stream().sorted().toList(), recorder.texts().stream().sorted().toList());
  }

  @Test
  void theCacheReadsAndWritesKeysOfAllNodesAtOnce() {
    try (RedisCache cache = new RedisCache(connector)) {
      Await.until(cache::isUp);
      Map<String, String> prices = prices("all", 300);
      done(cache.write(puts(prices)));
      done(
          cache.write(
              List.of(new Append("tick:A", "1", 2, TTL), new Append("tick:A", "2", 2, TTL))));
      List<String> keys =
          Stream.concat(prices.keySet().stream(), Stream.of("no:such:key")).toList();
      assertEquals(prices, done(cache.getAll(keys)));
      assertEquals(List.of("2", "1"), done(cache.newest("tick:A", 5)));
    }
  }

  private static Map<String, String> prices(String name, int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "ltp:" + name + ":" + i, i -> "" + i));
  }

  private static List<Write> puts(Map<String, String> prices) {
    return prices.entrySet().stream()
        .<Write>map(price -> new Put(price.getKey(), price.getValue(), TTL))
        .toList();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void keysAreFoundWhileTheirSlotMovesAndThereafter() {
    try (RedisCache cache = new RedisCache(connector)) {
      Await.until(cache::isUp);
      String key = prefix + "moving";
      RealRedis from = cluster.ownerOf(key);
      RealRedis to =
          cluster.masters().stream().filter(node -> node != from).findFirst().orElseThrow();
      cluster.beginMove(key, from, to);
      done(cache.write(puts(Map.of("moving", "1"))));
      assertEquals(Map.of("moving", "1"), done(cache.getAll(List.of("moving", "none"))));
      cluster.endMove(key, from, to);
      assertEquals(Map.of("moving", "1"), done(cache.getAll(List.of("moving", "none"))));
    }
  }

  @Test
  void aCommandCanBeSentToEachMaster() {
    RedisSession session = done(RedisSession.open(connector));
    List<String> ids = new ArrayList<>();
    for (RedisAddress server : session.commands().servers()) {
      AsyncCommand<String, byte[], String> asked =
          new AsyncCommand<>(
              new Command<>(
                  CommandType.CLUSTER,
                  new StatusOutput<>(RedisConnector.CODEC),
                  new CommandArgs<>(RedisConnector.CODEC).add("MYID")));
      session.commands().dispatchAt(server, asked);
      ids.add(done(asked));
    }
    session.close();
    assertEquals(
        cluster.masters().stream().map(RealCluster::id).sorted().toList(),
        ids.stream().sorted().toList());
  }

  @Test
  void eachShardedChannelIsHeardOnceWhereverItsSlotIs() {
    ShardRecorder heard = new ShardRecorder();
    List<String> channels = IntStream.range(0, 16).mapToObj(i -> "tapeline:{" + i + "}").toList();
    channels.forEach(channel -> shards().subscribe(channel, heard));
    Await.until(() -> channels.stream().allMatch(channel -> heard.count("+" + channel) == 1));
    channels.forEach(channel -> assertTrue(cluster.publishSharded(prefix + channel, "1")));
    Await.until(() -> heard.events().size() == 32);
    assertEquals(
        channels.stream().map(channel -> channel + " 1").sorted().toList(),
        heard.events().stream().filter(event -> event.endsWith(" 1")).sorted().toList());
  }

  @Test
  void anUnsubscribedShardIsSilentAndCanBeSubscribedAgain() {
    ShardRecorder heard = new ShardRecorder();
    shards().subscribe(SHARD, heard);
    Await.until(() -> heard.count("+" + SHARD) == 1);
    shards().unsubscribe(SHARD);
    shards().subscribe(SHARD, heard);
    Await.until(() -> heard.count("+" + SHARD) == 2);
    assertTrue(cluster.publishSharded(prefix + SHARD, "1"));
    Await.until(() -> heard.count(SHARD + " 1") > 0);
    assertEquals(List.of("+" + SHARD, "+" + SHARD, SHARD + " 1"), heard.events());
  }

  @Test
  void aShardedSubscriptionFollowsItsSlot() {
    ShardRecorder heard = new ShardRecorder();
    shards().subscribe(SHARD, heard);
    Await.until(() -> heard.count("+" + SHARD) == 1);
    RealRedis from = cluster.ownerOf(prefix + SHARD);
    RealRedis to =
        cluster.masters().stream().filter(node -> node != from).findFirst().orElseThrow();
    for (int i = 1; i <= 2; i++) {
      cluster.move(prefix + SHARD, i == 1 ? from : to, i == 1 ? to : from);
      int subscribed = i + 1;
      Await.until(() -> heard.count("+" + SHARD) == subscribed);
      assertEquals(i, heard.count("-" + SHARD));
      assertTrue(cluster.publishSharded(prefix + SHARD, "after" + i));
      String expected = SHARD + " after" + i;
      Await.until(() -> heard.count(expected) == 1);
    }
    assertEquals(List.of(State.UP), recorder.states());
    cluster.awaitWhole();
  }

  @Test
  void aKilledMasterIsSurvivedUnderLoad() throws Exception {
    subscribe("a");
    subscribe("market:*");
    ShardRecorder heard = new ShardRecorder();
    shards().subscribe(SHARD, heard);
    try (RedisCache cache = new RedisCache(connector);
        Load load = new Load(bus, "market:x")) {
      Await.until(() -> cache.isUp() && heard.count("+" + SHARD) == 1);
      recorder.awaitPublications(100);
      RealRedis victim = cluster.ownerOf(prefix + SHARD);
      victim.kill();
      recorder.await(() -> recorder.states().contains(State.DOWN));
      recorder.await(() -> recorder.states().getLast() == State.UP);
      int before = recorder.publications().size();
      recorder.awaitPublications(before + 100);
      Map<String, String> prices = prices("after", 50);
      Await.until(() -> isWritten(cache, prices));
      assertEquals(prices, done(cache.getAll(List.copyOf(prices.keySet()))));
      Await.until(() -> heard.count("+" + SHARD) == 2);
      assertEquals(1, heard.count("-" + SHARD));
      assertTrue(cluster.publishSharded(prefix + SHARD, "after"));
      Await.until(() -> heard.after("+" + SHARD).contains(SHARD + " after"));
      assertTrue(load.failures() > 0, "no publish failed");
      victim.start();
      cluster.awaitWhole();
    }
  }

  private static boolean isWritten(RedisCache cache, Map<String, String> prices) {
    return cache
        .write(puts(prices))
        .thenApply(_ -> true)
        .exceptionally(_ -> false)
        .toCompletableFuture()
        .join();
  }

  @Test
  void aFrozenMasterIsLeft() {
    subscribe("a");
    ShardRecorder heard = new ShardRecorder();
    shards().subscribe(SHARD, heard);
    Await.until(() -> heard.count("+" + SHARD) == 1);
    RealRedis victim = cluster.ownerOf(prefix + SHARD);
    victim.freeze();
    try {
      recorder.await(() -> recorder.states().contains(State.DOWN));
      recorder.await(() -> recorder.states().getLast() == State.UP);
      recorder.await(() -> recorder.subscribed().size() >= 2);
      Await.until(() -> isHeard("a"));
      Await.until(() -> heard.count("+" + SHARD) == 2);
    } finally {
      victim.thaw();
    }
    cluster.awaitWhole();
  }

  private boolean isHeard(String channel) {
    int before = recorder.publications().size();
    return bus.publish(List.of(Publication.of(channel, "x")))
            .thenApply(_ -> true)
            .exceptionally(_ -> false)
            .toCompletableFuture()
            .join()
        && recorder.publications().size() > before;
  }

  @Test
  void theRightsOfTheDocumentationAreEnough() {
    try (RedisConnector limited = RedisConnectors.of(cluster.settings("least:pw@"));
        RedisBus own = new RedisBus(limited, DurableRules.NONE, TickLists.RULES);
        RedisCache cache = new RedisCache(limited)) {
      var events = new BusRecorder();
      ShardRecorder heard = new ShardRecorder();
      own.start(events);
      own.subscribe(Selector.parse("market:tick:A"));
      own.subscribe(Selector.parse("m*"));
      own.shards().subscribe(SHARD, heard);
      events.await(() -> events.subscribed().size() == 2 && cache.isUp());
      done(own.publish(List.of(Publication.of("market:tick:A", "1"))));
      events.awaitPublications(1);
      done(cache.write(puts(prices("acl", 20))));
      assertEquals(20, done(cache.getAll(List.copyOf(prices("acl", 20).keySet()))).size());
      Await.until(() -> heard.count("+" + SHARD) == 1);
    }
  }

  @Test
  void theDoctorTellsAClusterFromOneServer() {
    Map<String, Finding> found = found(cluster.settings(""));
    assertEquals(Level.OK, found.get("cluster").level());
    assertEquals("3 masters with 16384 slots", found.get("cluster").text());
    Finding alone = found(cluster.nodes().getFirst().settings()).get("cluster");
    assertEquals(Level.FAIL, alone.level());
    assertTrue(alone.remedy().contains("redis://a:7000,b:7001"), alone::remedy);
  }

  private static Map<String, Finding> found(RedisSettings settings) {
    return RedisProbe.check(settings).stream()
        .collect(Collectors.toMap(Finding::subject, Function.identity()));
  }
}
