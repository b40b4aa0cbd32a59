package dev.tapeline.redis.demand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.address.RedisSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that tell each other what they want, while they and Redis come and go. */
class RedisDemandTest {

  private static final int MANY = 50_000;

  private final List<DemandNode> nodes = new ArrayList<>();
  private RealRedis redis;

  @BeforeEach
  void start() {
    redis = RealRedis.running();
  }

  @AfterEach
  void stop() {
    nodes.forEach(DemandNode::close);
    redis.close();
  }

  private DemandNode node(String name) {
    return add(new DemandNode(name, redis.settings().withKeyPrefix("t:"), DemandNode.FAST));
  }

  private DemandNode listener(String name) {
    return add(DemandNode.listening(name, redis.settings().withKeyPrefix("t:"), DemandNode.FAST));
  }

  private DemandNode add(DemandNode node) {
    nodes.add(node);
    return node;
  }

  private static void awaitWanted(DemandNode listener, String... texts) {
    List<String> expected = Stream.of(texts).sorted().toList();
    Await.until(() -> listener.heard().wanted().equals(expected));
  }

  @Test
  void eachSelectorIsToldOnceAndReleasedAfterTheLastNode() {
    DemandNode source = listener("source");
    DemandNode a = node("a");
    DemandNode b = node("b");
    a.want("x", "y:*");
    b.want("x");
    Await.until(() -> source.demand().nodesWanting(Channel.of("x")) == 2);
    source.want("own", "x");
    awaitWanted(source, "own", "x", "y:*");
    assertEquals(3, source.demand().nodesWanting(Channel.of("x")));
    assertEquals(new Demand.Wishes(3, 2, 1), source.demand().all());
    assertEquals(new Demand.Wishes(1, 1, 1), a.demand().own());
    a.release("x", "y:*");
    awaitWanted(source, "own", "x");
    b.release("x");
    source.release("x");
    awaitWanted(source, "own");
    assertEquals(
        4,
        source.heard().events().stream()
            .filter(it -> it.contains("x") || it.contains("y"))
            .count());
  }

  @Test
  void changesWithinAMomentCancelOut() {
    DemandNode source = listener("source");
    DemandNode a = node("a");
    for (int i = 0; i < 500; i++) {
      a.want("x");
      a.release("x");
    }
    a.want("end");
    awaitWanted(source, "end");
    assertTrue(source.heard().events().size() < 20, source.heard().events()::toString);
  }

  @Test
  void wishesOfANodeThatEndsAreGoneAtOnce() {
    DemandNode source = add(DemandNode.listening("source", redis.settings(), DemandPace.DEFAULT));
    DemandNode a = add(new DemandNode("a", redis.settings(), DemandPace.DEFAULT));
    a.want("x", "y");
    awaitWanted(source, "x", "y");
    long closed = System.nanoTime();
    a.close();
    awaitWanted(source);
    assertTrue(System.nanoTime() - closed < Demand.EXPIRY.toNanos());
  }

  @Test
  void wishesOfANodeThatDiesExpire() {
    DemandNode source = listener("source");
    DemandNode a = node("a");
    DemandNode b = node("b");
    a.want("x", "y");
    b.want("y");
    awaitWanted(source, "x", "y");
    nodes.remove(a);
    a.die();
    awaitWanted(source, "y");
    node("a").want("z"); // under the same name
    awaitWanted(source, "y", "z");
    assertEquals(
        List.of("-x"), source.heard().events().stream().filter(it -> it.startsWith("-")).toList());
  }

  @Test
  void aListenerThatComesLateLearnsEverything() {
    node("a").want("x", "y");
    node("b").want("y", "z");
    DemandNode source = listener("source");
    awaitWanted(source, "x", "y", "z");
    DemandNode other = listener("other");
    awaitWanted(other, "x", "y", "z");
  }

  @Test
  void nothingIsReleasedWhileRedisIsAwayAndAllIsToldAnewWhenItIsBack() {
    DemandNode source = listener("source");
    DemandNode a = node("a");
    DemandNode b = node("b");
    a.want("x", "y");
    b.want("z");
    awaitWanted(source, "x", "y", "z");
    redis.kill();
    a.release("y");
    b.want("new");
    source.want("own");
    awaitWanted(source, "own", "x", "y", "z");
    Await.until(longerThanTheExpiry());
    assertEquals(List.of("own", "x", "y", "z"), source.heard().wanted());
    redis.start(); // it has nothing left
    awaitWanted(source, "new", "own", "x", "z");
    assertEquals(
        List.of("-y"), source.heard().events().stream().filter(it -> it.startsWith("-")).toList());
  }

  private static BooleanSupplier longerThanTheExpiry() {
    long end = System.nanoTime() + DemandNode.FAST.expiry().plusSeconds(1).toNanos();
    return () -> System.nanoTime() - end >= 0;
  }

  @Test
  void aRedisThatTakesNoWritesKillsNobody() {
    DemandNode source = listener("source");
    node("a").want("x");
    awaitWanted(source, "x");
    redis.ask("CONFIG SET maxmemory 1");
    Await.until(longerThanTheExpiry());
    assertEquals(List.of("+x"), source.heard().events());
    redis.ask("CONFIG SET maxmemory 0");
    node("b").want("y");
    awaitWanted(source, "x", "y");
    assertEquals(List.of("+x", "+y"), source.heard().events());
  }

  @Test
  void whatRedisHasLostIsToldAnew() {
    DemandNode source = listener("source");
    DemandNode a = node("a");
    a.want("x", "y");
    awaitWanted(source, "x", "y");
    redis.ask("FLUSHALL");
    a.release("x");
    awaitWanted(source, "y");
    for (String key : List.of("*:log", "*:*:[0-9]*")) {
      redis.ask(
          "EVAL \"for _, k in ipairs(redis.call('KEYS', 't:tapeline:demand:"
              + key
              + "')) do redis.call('DEL', k) end\" 0");
      a.want("z" + key.length());
      DemandNode late = listener("late" + key.length());
      Await.until(() -> late.heard().wanted().equals(source.heard().wanted()));
    }
    awaitWanted(source, "y", "z5", "z10");
    assertEquals(
        List.of("-x"), source.heard().events().stream().filter(it -> it.startsWith("-")).toList());
  }

  @Test
  void fiftyThousandChannelsAreToldAndRead() {
    List<Channel> many =
        IntStream.range(0, MANY).mapToObj(i -> Channel.of("market:tick:SYMBOL-" + i)).toList();
    DemandNode source = listener("source");
    DemandNode a = node("a");
    long bytes = received();
    long start = System.nanoTime();
    a.demand().want(many);
    report("want() of %d returns".formatted(MANY), start, 0);
    Await.until(() -> source.heard().count() == MANY);
    report("told and read", start, received() - bytes);
    long sent = sent();
    long late = System.nanoTime();
    DemandNode other = listener("other");
    Await.until(() -> other.heard().count() == MANY);
    report("read by a late listener", late, sent() - sent);
    long one = System.nanoTime();
    a.want("one-more");
    Await.until(() -> source.heard().count() == MANY + 1);
    report("one more", one, 0);
    long memory = info("memory", "used_memory:");
    report("memory of Redis", start, memory);
    long less = System.nanoTime();
    a.demand().release(many);
    Await.until(() -> source.heard().count() == 1 && other.heard().count() == 1);
    report("released", less, 0);
  }

  private static void report(String what, long since, long bytes) {
    System.out.printf(
        "demand: %s: %d ms, %d kB%n", what, (System.nanoTime() - since) / 1_000_000, bytes / 1_000);
  }

  private long received() {
    return info("stats", "total_net_input_bytes:");
  }

  private long sent() {
    return info("stats", "total_net_output_bytes:");
  }

  private long info(String section, String field) {
    return redis
        .ask("INFO " + section)
        .lines()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.substring(field.length())))
        .findFirst()
        .orElse(0);
  }

  @Test
  void aNodeThatNeverWantedAnythingLeavesNoTrace() {
    DemandNode a = node("a");
    DemandNode b = node("b");
    b.want("x");
    Await.until(() -> redis.ask("KEYS t:tapeline:demand:*").startsWith("*2"));
    nodes.remove(a);
    a.close();
    assertTrue(redis.ask("KEYS t:tapeline:demand:*").startsWith("*2"));
    assertTrue(Duration.ofMinutes(1).toMillis() >= ttl(), () -> "ttl " + ttl());
  }

  private long ttl() {
    String register =
        redis
            .ask("KEYS t:tapeline:demand:{*}")
            .lines()
            .filter(line -> line.startsWith("t:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(redis.ask("PTTL " + register).strip().substring(1));
  }

  /** What docs/redis.md says a user needs for feeds and for the list of nodes. */
  @Test
  void theRightsOfTheDocumentationAreEnough() {
    String rights =
        "+ping +hello +client +role +info +eval +hgetall +hlen +hset +hget +hdel +del +rpush +ltrim +lrange"
            + " +pexpire +time";
    redis.ask("ACL SETUSER least on >pw ~t:* &t:* -@all " + rights);
    RedisSettings settings =
        RedisSettings.parse("redis://least:pw@127.0.0.1:" + redis.port()).withKeyPrefix("t:");
    DemandNode source = add(DemandNode.listening("source", settings, DemandNode.FAST));
    DemandNode a = add(new DemandNode("a", settings, DemandNode.FAST));
    a.want("x", "y");
    awaitWanted(source, "x", "y");
    a.release("x");
    awaitWanted(source, "y");
    a.close();
    awaitWanted(source);
    assertTrue(redis.ask("ACL LOG").startsWith("*0"), () -> redis.ask("ACL LOG"));
  }
}
