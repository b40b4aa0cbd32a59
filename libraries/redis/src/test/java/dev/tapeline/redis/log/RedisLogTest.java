package dev.tapeline.redis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Append;
import dev.tapeline.core.Bus;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.ChannelLog.Extract;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.LogBounds;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of the logs on a real server, and what others can ask of it. */
class RedisLogTest {

  private static final DurableRules RULES =
      new DurableRules(
          List.of(
              new DurableRules.Rule(
                  Selector.parse("d:tight*"),
                  new LogBounds(16, Duration.ofHours(1), 4_000),
                  DurableRules.Plain.ADOPT),
              DurableRules.of("d:*").rules().getFirst()));

  private RealRedis redis;
  private RedisConnector connector;
  private RedisBus bus;

  private void connect(String prefix, String... settings) {
    redis = RealRedis.running(settings);
    connector = RedisConnectors.of(redis.settings().withKeyPrefix(prefix));
    bus = new RedisBus(connector, RULES);
    bus.start(new BusRecorder());
    awaitUp();
  }

  private void awaitUp() {
    Await.until(() -> bus.state() == Bus.State.UP);
  }

  @AfterEach
  void close() {
    bus.close();
    connector.close();
    redis.close();
  }

  private Position append(String channel, String text) {
    return ((Append.Result.Logged) get(bus.log().append(List.of(of(channel, text)))).getFirst())
        .position();
  }

  private static Append of(String channel, String text) {
    return Append.of(Publication.of(channel, text));
  }

  private Extract read(String channel) {
    return get(bus.log().read(channel, 0, 1_000));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static String key(String channel) {
    return Partitions.key(Partitions.of(channel));
  }

  private String call(String function, String channel, String rest) {
    return redis.ask("FCALL %s 1 %s %s %s".formatted(function, key(channel), channel, rest));
  }

  private void assertBeginsAnew(Position before, Position after) {
    assertEquals(1, after.seq());
    assertNotEquals(before.epoch(), after.epoch());
    assertEquals(1, read("d:a").entries().size());
  }

  @Test
  void aRestartWithoutDataIsAnotherEpoch() {
    connect("");
    Position before = append("d:a", "1");
    redis.kill();
    Await.until(() -> bus.state() != Bus.State.UP);
    redis.start();
    awaitUp();
    assertBeginsAnew(before, append("d:a", "2"));
  }

  @Test
  void aRestoreOfOlderDataIsAnotherEpoch() {
    connect("");
    Position before = append("d:a", "1");
    redis.ask("SAVE");
    append("d:a", "2");
    redis.kill();
    Await.until(() -> bus.state() != Bus.State.UP);
    redis.start();
    awaitUp();
    assertEquals(0, read("d:a").top().seq());
    assertBeginsAnew(before, append("d:a", "3"));
  }

  @Test
  void aFlushIsAnotherEpoch() {
    connect("");
    Position before = append("d:a", "1");
    redis.ask("FLUSHALL");
    assertBeginsAnew(before, append("d:a", "2"));
  }

  @Test
  void aPartitionThatIsGoneIsAnotherEpoch() {
    connect("");
    Position before = append("d:a", "1");
    redis.ask("DEL " + key("d:a"));
    assertBeginsAnew(before, append("d:a", "2"));
  }

  @Test
  void aLogThatIsGoneIsAnotherEpochOfItsChannelOnly() {
    connect("");
    Position before = append("d:a", "1");
    Position other = append("d:b", "1");
    redis.ask("DEL %s:log:d:a".formatted(key("d:a")));
    assertEquals(0, read("d:a").top().seq());
    assertBeginsAnew(before, append("d:a", "2"));
    assertEquals(new Position(other.epoch(), 2), append("d:b", "2"));
    Position second = read("d:a").top();
    redis.ask("DEL %s:log:d:a".formatted(key("d:a")));
    assertBeginsAnew(second, append("d:a", "3"));
  }

  @Test
  void aPromotedReplicaIsAnotherEpochAndSoIsTheWayBack() {
    connect("");
    try (RealRedis replica = RealRedis.running()) {
      replica.ask("REPLICAOF 127.0.0.1 " + redis.port());
      Position first = append("d:a", "1");
      Await.until(() -> replica.ask("EXISTS %s:log:d:a".formatted(key("d:a"))).equals(":1\r\n"));
      replica.ask("REPLICAOF NO ONE");
      append("d:a", "lost");
      // Nothing is called on the other one while it is the master: its data is as it was.
      redis.ask("REPLICAOF 127.0.0.1 " + replica.port());
      Await.until(() -> redis.ask("INFO replication").contains("master_link_status:up"));
      Await.until(() -> bus.state() == Bus.State.DOWN); // a replica is left
      redis.ask("REPLICAOF NO ONE");
      awaitUp();
      assertBeginsAnew(first, append("d:a", "2"));
      replica.ask("REPLICAOF 127.0.0.1 " + redis.port());
      Position second = append("d:a", "3");
      Await.until(() -> replica.ask("LLEN %s:log:d:a".formatted(key("d:a"))).equals(":2\r\n"));
      replica.ask("REPLICAOF NO ONE");
      String answer = replica.ask("FCALL tapeline_publish 1 %s d:a other".formatted(key("d:a")));
      assertTrue(answer.endsWith(":1\r\n") && !answer.contains(second.epoch()), answer);
    }
  }

  @Test
  void theLibraryIsBroughtBackWhenItIsLost() {
    connect("");
    Position before = append("d:a", "1");
    redis.ask("FUNCTION FLUSH");
    assertEquals(new Position(before.epoch(), 2), append("d:a", "2"));
    redis.ask("FUNCTION FLUSH");
    assertEquals(2, read("d:a").entries().size());
  }

  @Test
  void environmentsShareAServer() {
    connect("");
    try (RedisConnector other = RedisConnectors.of(redis.settings().withKeyPrefix("test:"));
        RedisBus staging = new RedisBus(other, DurableRules.of("s:*"))) {
      staging.start(new BusRecorder());
      Await.until(() -> staging.state() == Bus.State.UP);
      get(staging.log().append(List.of(of("s:a", "1"))));
      assertEquals(1, append("d:a", "1").seq());
      assertEquals(1, get(staging.log().read("s:a", 0, 9)).top().seq());
      assertEquals(":1\r\n", redis.ask("EXISTS test:%s".formatted(key("s:a"))));
    }
  }

  @Test
  void othersPublishByOneCall() {
    connect("");
    String epoch = append("d:a", "1").epoch();
    assertEquals(
        "*2\r\n$%d\r\n%s\r\n:2\r\n".formatted(epoch.length(), epoch),
        call("tapeline_publish", "d:a", "two ID k VERSION 7 FENCE mine 5 STAMPS 11 12"));
    assertTrue(call("tapeline_publish", "d:a", "two ID k").contains("repeated"));
    assertTrue(call("tapeline_publish", "d:a", "old VERSION 007").contains("outdated"));
    assertTrue(call("tapeline_publish", "d:a", "x FENCE mine 4").startsWith("-FENCED 5 "));
    assertEquals("two", read("d:a").entries().getLast().publication().text());
    assertEquals(11, read("d:a").entries().getLast().publication().stamps().exchange());
    assertTrue(
        call("tapeline_publish_many", "2", "1").startsWith("-PARTITION")
            || call("tapeline_publish_many", "2", "1").startsWith("-ERR"));
  }

  @Test
  void whatIsWrongIsNamedAndNothingIsWritten() {
    connect("");
    String before = append("d:a", "1").toString();
    assertTrue(call("tapeline_publish", "plain", "x").startsWith("-NOTDURABLE 'plain'"));
    assertTrue(
        redis
            .ask(
                "FCALL tapeline_publish 1 tapeline:{%d} d:a x"
                    .formatted((Partitions.of("d:a") + 1) % Partitions.COUNT))
            .startsWith("-PARTITION %d ".formatted(Partitions.of("d:a"))));
    for (String wrong :
        List.of(
            "",
            "x ID",
            "x WHAT 1",
            "x VERSION -1",
            "x VERSION 1.5",
            "x FENCE mine",
            "x FENCE m 0",
            "x STAMPS 1 y",
            "x ID \"\"",
            "x VERSION 12345678901234567890")) {
      String answer = call("tapeline_publish", "d:a", wrong);
      assertTrue(answer.startsWith("-ERR "), () -> wrong + ": " + answer);
    }
    for (String name : List.of("d:*", "d:\\x01", "d:\\xff", "d:[a]", "\"d:\\xe2\\x80\\xa8\"")) {
      String answer =
          redis.ask(
              "FCALL tapeline_publish 1 tapeline:{3} \"%s\" x".formatted(name.replace("\"", "")));
      assertTrue(answer.startsWith("-ERR no channel"), () -> name + ": " + answer);
    }
    assertTrue(redis.ask("FCALL tapeline_publish 1 other d:a x").startsWith("-ERR give one key"));
    assertTrue(redis.ask("FCALL tapeline_publish 1 tapeline:{16} d:a x").startsWith("-ERR give"));
    assertEquals(before, read("d:a").top().toString());
  }

  /** Another name in the partition of a channel. */
  private static String besides(String channel, String prefix) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> prefix + i)
        .filter(name -> Partitions.of(name) == Partitions.of(channel))
        .findFirst()
        .orElseThrow();
  }

  private String publishMany(String args) {
    return redis.ask("FCALL tapeline_publish_many 1 %s %s".formatted(key("d:a"), args));
  }

  @Test
  void aBatchWithOneWrongPublicationLogsNone() {
    connect("");
    String second = besides("d:a", "plain");
    assertTrue(
        publishMany("1 d:a 1 \"0 0\\n1\" %s 1 \"0 0\\n2\"".formatted(second))
            .startsWith("-NOTDURABLE"));
    for (String wrong :
        List.of(
            "",
            "2 d:a 1 \"0 0\\n1\"",
            "1 d:a",
            "1 d:a 1",
            "1 d:a 0",
            "1 d:a 2 \"0 0\\n1\"",
            "1 d:a 1.5 \"0 0\\n1\"",
            "1 d:a 1 \"0 0\\n1\" d:a 1 \"0 0\\n2\"",
            "1 d:a 2 \"0 0\\n1\" 2",
            "1 d:a 2 \"0 0\\n1\" \"0 x\\n2\"",
            "3 d:a 1 \"0 0\\n1\" k",
            "3 d:a 1 \"0 0\\n1\" k x")) {
      String answer = publishMany(wrong);
      assertTrue(answer.startsWith("-ERR "), () -> wrong + ": " + answer);
    }
    assertEquals(0, read("d:a").top().seq());
  }

  @Test
  void othersPublishManyByOneCall() {
    connect("");
    String epoch = append("d:a", "1").epoch();
    String second = besides("d:a", "d:");
    int length = epoch.length() + 2;
    assertEquals(
        "*2\r\n$%1$d\r\n%2$s 3\r\n$%1$d\r\n%2$s 1\r\n".formatted(length, epoch),
        publishMany("1 d:a 2 \"0 0\\n2\" \"11 12\\n3\" %s 1 \"0 0\\n1\"".formatted(second)));
    assertEquals(
        "*2\r\n$%1$d\r\n%2$s 4\r\n$%3$d\r\n%2$s 4 outdated\r\n"
            .formatted(length, epoch, length + 9),
        publishMany("3 d:a 2 \"0 0\\n4\" k 7 \"0 0\\nold\" \"\" 6"));
    assertEquals(
        List.of("1", "2", "3", "4"),
        read("d:a").entries().stream().map(entry -> entry.publication().text()).toList());
    assertEquals(12, read("d:a").entries().get(2).publication().stamps().ingest());
  }

  @Test
  void aPlainMessageBehindAFenceIsRefusedToAFormerHolder() {
    connect("");
    String key = key("plain");
    assertEquals(":1\r\n", redis.ask("FCALL tapeline_send 1 %s FENCE f 2 plain x".formatted(key)));
    assertTrue(
        redis
            .ask("FCALL tapeline_send 1 %s FENCE f 1 plain x".formatted(key))
            .startsWith("-FENCED 2"));
  }

  @Test
  void bothBoundsHoldHoweverLongOneOfThemIsFarAway() {
    connect("");
    for (int i = 1; i <= 100; i++) {
      append("d:tight", "x".repeat(20));
    }
    assertEquals(16, read("d:tight").entries().size());
    for (int i = 1; i <= 20; i++) {
      append("d:tight", "y".repeat(700));
    }
    assertEquals(5, read("d:tight").entries().size());
    for (int i = 1; i <= 100; i++) {
      append("d:tight", "z".repeat(20));
    }
    assertEquals(16, read("d:tight").entries().size());
    assertEquals(220, read("d:tight").entries().getLast().publication().position().seq());
  }

  @Test
  void anIdleLogExpiresAndItsNumbersGoOn() {
    connect("");
    append("d:a", "1");
    String ttl = redis.ask("PTTL %s:log:d:a".formatted(key("d:a")));
    long millis = Long.parseLong(ttl.substring(1).trim());
    assertTrue(millis >= 3_600_000 && millis <= 4_500_000, ttl);
  }
}
