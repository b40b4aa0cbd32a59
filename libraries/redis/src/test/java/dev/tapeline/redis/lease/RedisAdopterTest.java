package dev.tapeline.redis.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Append;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealCluster;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.log.Partitions;
import dev.tapeline.redis.topology.RedisConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private Node(RedisSettings settings, String name) {
      connector = RedisConnectors.of(settings);
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
    a = new Node(redis.settings(), "a");
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
  void whatIsNoMarkIsIgnored() {
    a.subscribe("d:a");
    for (String nonsense :
        List.of("x", "\"99 1\"", "\"3\"", "\"3 x\"", "\"-1 2\"", "\"3 99999999999999999999\"")) {
      redis.ask("PUBLISH %s %s".formatted(Partitions.ADOPTER_MARKS, nonsense));
    }
    redis.ask("PUBLISH d:a 1");
    a.recorder.awaitPublications(1);
    assertEquals(1, position(0).seq());
    assertEquals(Partitions.COUNT, a.adopter.partitions());
    assertEquals(6, a.adopter.ignored());
  }

  @Test
  void anotherAdopterIsAnotherEpochOfAdoptedChannelsOnly() {
    a.subscribe("d:a");
    a.subscribe("d:b");
    redis.ask("PUBLISH d:a 1");
    append("d:b", "1");
    a.recorder.awaitPublications(2);
    try (Node b = new Node(redis.settings(), "b")) {
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

  /** A plain message belongs to the newest adopter whose mark is in front of it. */
  @Test
  void anAdopterTakesAllThatIsPublishedBehindItsMark() throws InterruptedException {
    String channel = "d:a";
    RedisBus outside = new RedisBus(a.connector);
    BusRecorder heard = new BusRecorder();
    outside.start(heard);
    List.of(channel, Partitions.ADOPTER_MARKS)
        .forEach(name -> outside.subscribe(Selector.parse(name)));
    heard.await(() -> heard.subscribed().size() == 2);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger count = new AtomicInteger();
    a.adopter.close(); // its mark was not heard
    Thread publisher = Thread.ofVirtual().start(() -> publish(channel, count, ended));
    RedisAdopter former = a.adopter;
    a.subscribe(channel);
    for (int i = 0; i < 4; i++) {
      former.close();
      RedisAdopter next = new RedisAdopter(a.connector, a.bus, a.leases, RULES, "n" + i);
      next.start();
      Await.until(() -> next.partitions() == Partitions.COUNT && next.adopted() > 100);
      former = next;
    }
    ended.set(true);
    publisher.join();
    heard.await(() ->
        byMark(heard.publications(), channel).values().stream().mapToInt(List::size).sum()
            == count.get());
    RedisAdopter last = former;
    List<String> ofLast = byMark(heard.publications(), channel).lastEntry().getValue();
    Await.until(() -> last.adopted() == ofLast.size());
    a.recorder.await(() -> byAdopter(a.recorder.publications()).containsValue(ofLast));
    last.close();
    outside.close();
    Map<String, List<String>> published = byMark(heard.publications(), channel);
    Map<String, List<String>> adopted = byAdopter(a.recorder.publications());
    assertTrue(adopted.size() >= 4, adopted.keySet().toString());
    adopted.forEach((token, texts) ->
        assertEquals(published.get(token).subList(0, texts.size()), texts, token));
  }

  private void publish(String channel, AtomicInteger count, AtomicBoolean ended) {
    while (!ended.get()) {
      redis.ask("PUBLISH " + channel + " " + count.incrementAndGet());
    }
  }

  /** What was published behind each mark of the channel's partition. */
  private static LinkedHashMap<String, List<String>> byMark(
      List<Publication> heard, String channel) {
    String prefix = Partitions.of(channel) + " ";
    LinkedHashMap<String, List<String>> byMark = new LinkedHashMap<>();
    String token = "";
    for (Publication publication : heard) {
      if (publication.channel().equals(channel)) {
        byMark.computeIfAbsent(token, _ -> new ArrayList<>()).add(publication.text());
      } else if (publication.text().startsWith(prefix)) {
        token = publication.text().substring(prefix.length());
      }
    }
    return byMark;
  }

  /** What was put into the log by each adopter, whose token is part of the epoch. */
  private static Map<String, List<String>> byAdopter(List<Publication> adopted) {
    return adopted.stream()
        .collect(
            Collectors.groupingBy(
                publication ->
                    Objects.requireNonNull(publication.position()).epoch().split("\\.a")[1],
                Collectors.mapping(Publication::text, Collectors.toList())));
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

  @Test
  void inAClusterPartitionsAreAdoptedAndFencedWhereTheyAre() {
    try (RealCluster cluster = RealCluster.running();
        Node b = new Node(cluster.settings(""), "b")) {
      Await.until(() -> b.adopter.partitions() == Partitions.COUNT);
      b.subscribe("d:*");
      List<String> channels = IntStream.range(0, 40).mapToObj(i -> "d:a" + i).toList();
      for (String channel : channels) {
        cluster.nodes().get(channel.length() % 6).ask("PUBLISH %s 1".formatted(channel));
        append(b, channel, "2");
      }
      b.recorder.awaitPublications(2 * channels.size());
      Await.until(() -> b.adopter.adopted() == channels.size());
      BusRecorder outside = new BusRecorder();
      RedisBus plain = new RedisBus(b.connector);
      plain.start(outside);
      plain.subscribe(Selector.parse("d:mirror"));
      outside.await(() -> outside.subscribed().contains("d:mirror"));
      append(b, "d:mirror", "1");
      outside.awaitPublications(1);
      plain.close();
      var held = new AtomicReference<Fence>();
      b.leases.claim("feed", "b", Duration.ofSeconds(5), new Held(held));
      Await.until(() -> held.get() != null);
      Fence old = new Fence("feed", held.get().token() - 1);
      for (String channel : channels) {
        Append.Result result = get(b, Append.of(Publication.of(channel, "3")).withFence(old));
        assertEquals(new Append.Result.Fenced(held.get().token()), result);
      }
    }
  }

  private record Held(AtomicReference<Fence> fence) implements Leases.Listener {

    @Override
    public void onHeld(Fence newest) {
      fence.set(newest);
    }

    @Override
    public void onLost() {
      fence.set(null);
    }
  }

  private void append(String channel, String text) {
    append(a, channel, text);
  }

  private static void append(Node node, String channel, String text) {
    get(node, Append.of(Publication.of(channel, text)));
  }

  private static Append.Result get(Node node, Append append) {
    return node.bus
        .log()
        .append(List.of(append))
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join()
        .getFirst();
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
