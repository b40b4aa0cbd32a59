package dev.tapeline.redis.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Bus.State;
import dev.tapeline.core.BusContract;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.Cache.Write.Put;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Finding;
import dev.tapeline.core.Finding.Level;
import dev.tapeline.core.Publication;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.Load;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.RealSentinel;
import dev.tapeline.redis.ShardRecorder;
import dev.tapeline.redis.TickLists;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.cache.RedisCache;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.doctor.RedisProbe;
import dev.tapeline.redis.topology.MisplacedException;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.SingleSender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bus and the cache at the master that three real sentinels name. */
class RedisSentinelTest extends BusContract {

  private static final String SHARD = "tapeline:{3}";
  private static RealSentinel group;
  private static RedisConnector connector;

  @BeforeAll
  static void startGroup() {
    group = RealSentinel.running("user least on >pw ~* &* -@all +role " + RedisLoginTest.RIGHTS);
    connector = RedisConnectors.of(group.settings(""));
  }

  @AfterAll
  static void stopGroup() {
    connector.close();
    group.close();
  }

  @Override
  protected Bus newBus() {
    return new RedisBus(connector, DurableRules.NONE, TickLists.RULES);
  }

  @Test
  void aKilledMasterIsSurvivedAndItsReturnAsAReplicaToo() throws Exception {
    subscribe("a");
    subscribe("market:*");
    ShardRecorder heard = new ShardRecorder();
    ((RedisBus) bus).shards().subscribe(SHARD, heard);
    Await.until(() -> heard.count("+" + SHARD) == 1);
    RealRedis victim = group.master();
    try (RedisCache cache = new RedisCache(connector);
        Load load = new Load(bus, "market:x")) {
      Await.until(cache::isUp);
      recorder.awaitPublications(100);
      victim.kill();
      recorder.await(() -> recorder.states().equals(List.of(State.UP, State.DOWN, State.UP)));
      assertFlowsAt(group.master());
      assertTrue(load.failures() > 0, "no publish failed");
      assertEquals(List.of("+" + SHARD, "-" + SHARD, "+" + SHARD), heard.events());
      Await.until(cache::isUp);
      done(cache.write(List.of(new Put("p", "1", Duration.ofMinutes(1)))));
      assertEquals(Map.of("p", "1"), done(cache.getAll(List.of("p"))));
      victim.start();
      assertFlowsAt(group.master());
      group.rejoin(victim);
      assertFlowsAt(group.master());
    }
    assertEquals(List.of(State.UP, State.DOWN, State.UP), recorder.states());
    assertEquals(List.of("a", "market:*", "a", "market:*"), recorder.subscribed());
  }

  private void assertFlowsAt(RealRedis master) {
    String direct = "market:direct " + System.nanoTime();
    Await.until(() -> {
      master.ask("PUBLISH " + direct); // again, as the bus may not be subscribed yet
      return recorder.texts().contains(direct);
    });
    int before = recorder.publications().size();
    recorder.awaitPublications(before + 100);
  }

  @Test
  void theSessionsMoveWhenTheSentinelsSwitch() throws Exception {
    subscribe("market:*");
    RealRedis before = group.master();
    group.failOver();
    try (Load load = new Load(bus, "market:x")) {
      recorder.await(() -> recorder.states().equals(List.of(State.UP, State.DOWN, State.UP)));
      RealRedis after = group.master();
      assertTrue(before != after, "the master is the same");
      assertFlowsAt(after);
    }
    group.rejoin(before);
  }

  @Test
  void aReplicaIsNotTakenForTheMaster() {
    RealRedis replica = group.replica();
    RedisAddress address = RedisAddress.of("127.0.0.1", replica.port());
    SingleSender commands = SingleSender.ofMaster(done(connector.connectTo(address)), address);
    CompletableFuture<Throwable> problem = new CompletableFuture<>();
    commands.ping(problem::complete);
    assertInstanceOf(MisplacedException.class, done(problem));
    done(commands.closeAsync());
  }

  @Test
  void anAclUserAndTheSentinelsOwnLogInEach() {
    RedisSettings settings =
        group.settings("least:pw@", "?sentinelUser=watcher&sentinelPassword=w4tch");
    BusRecorder events = new BusRecorder();
    try (RedisConnector limited = RedisConnectors.of(settings);
        RedisBus own = new RedisBus(limited, DurableRules.NONE, TickLists.RULES)) {
      own.start(events);
      events.await(() -> !events.states().isEmpty());
      done(own.publish(List.of(Publication.of("a", "1"))));
      assertEquals(List.of(State.UP), events.states());
    }
  }

  @Test
  void whatIsWrongIsSaidInWords() {
    assertProblem(
        "redis-sentinel://%s#other".formatted(group.sentinels()), "knows no master 'other'");
    assertProblem("redis-sentinel://127.0.0.1:1#mymaster", "nothing answers at 127.0.0.1:1");
    assertProblem(
        "redis-sentinel://%s?sentinelUser=watcher&sentinelPassword=wrong#mymaster"
            .formatted(group.sentinels()),
        "refused the user or password");
    assertProblem(
        "redis-sentinel://least:wrong@%s#mymaster".formatted(group.sentinels()),
        "refused the user or password");
  }

  private static void assertProblem(String url, String problem) {
    BusRecorder events = new BusRecorder();
    try (RedisConnector connector = RedisConnectors.of(RedisSettings.parse(url));
        RedisBus bus = new RedisBus(connector, DurableRules.NONE, TickLists.RULES)) {
      bus.start(events);
      events.await(() -> events.states().equals(List.of(State.DOWN)));
      assertTrue(bus.problem().contains(problem), bus::problem);
    }
  }

  @Test
  void theDoctorLooksAtEachSentinelAndTheMaster() {
    List<Finding> findings = RedisProbe.check(group.settings(""));
    assertEquals(11, findings.size());
    assertTrue(findings.stream().allMatch(f -> f.level() == Level.OK), findings::toString);
    Finding wrong =
        RedisProbe.check(
                RedisSettings.parse("redis-sentinel://%s#other".formatted(group.sentinels())))
            .getFirst();
    assertEquals(Level.FAIL, wrong.level());
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
