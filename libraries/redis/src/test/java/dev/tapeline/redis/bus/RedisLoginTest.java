package dev.tapeline.redis.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus.State;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.Cache.Write.Append;
import dev.tapeline.core.Cache.Write.Put;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.TickLists;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.cache.RedisCache;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class RedisLoginTest {

  /** What docs/redis.md says a user needs. */
  public static final String RIGHTS =
      "+publish +subscribe +psubscribe +unsubscribe +punsubscribe +ping +hello +client +mget"
          + " +lrange +lindex +set +lpush +ltrim +pexpire";

  private static RealRedis redis;

  @BeforeAll
  static void startRedis() {
    redis =
        RealRedis.running(
            "requirepass right",
            "user bob on >s3cret ~* &* +@all",
            "user least on >pw ~* &* -@all " + RIGHTS);
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {":right", "bob:s3cret", "default:right"})
  void aPasswordOrAnAclUserLogsIn(String login) {
    BusRecorder recorder = new BusRecorder();
    try (RedisConnector connector = connector(login);
        RedisBus bus = new RedisBus(connector, DurableRules.NONE, TickLists.RULES)) {
      bus.start(recorder);
      recorder.await(() -> recorder.states().equals(List.of(State.UP)));
    }
  }

  @Test
  void theRightsOfTheDocumentationAreEnough() {
    BusRecorder recorder = new BusRecorder();
    try (RedisConnector connector = connector("least:pw");
        RedisBus bus = new RedisBus(connector, DurableRules.NONE, TickLists.RULES);
        RedisCache cache = new RedisCache(connector)) {
      bus.start(recorder);
      bus.subscribe(Selector.parse("market:tick:A"));
      bus.subscribe(Selector.parse("m*"));
      recorder.await(() -> recorder.subscribed().size() == 2 && cache.isUp());
      bus.unsubscribe(Selector.parse("m*"));
      done(bus.publish(List.of(Publication.of("market:tick:A", "1"))));
      recorder.awaitPublications(1);
      Duration ttl = Duration.ofSeconds(9);
      done(cache.write(List.of(new Put("p", "1", ttl), new Append("l", "2", 3, ttl))));
      assertEquals(Map.of("p", "1"), done(cache.getAll(List.of("p"))));
      assertEquals(List.of("2"), done(cache.newest("l", 1)));
    }
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void aWrongPasswordIsSaidInWords() {
    BusRecorder recorder = new BusRecorder();
    try (RedisConnector connector = connector("bob:wrong");
        RedisBus bus = new RedisBus(connector, DurableRules.NONE, TickLists.RULES)) {
      bus.start(recorder);
      recorder.await(() -> recorder.states().equals(List.of(State.DOWN)));
      assertTrue(
          bus.problem().contains("refused the user or password: check REDIS_PASSWORD"),
          bus::problem);
    }
  }

  private static RedisConnector connector(String login) {
    return RedisConnectors.of(
        RedisSettings.parse("redis://%s@127.0.0.1:%d".formatted(login, redis.port())));
  }
}
