package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * A client that changes its mind all the time, while bus and logs are late and epochs end: whatever
 * it is told goes on where the frame before has ended, and is what was published.
 */
@Timeout(120)
class FickleClientTest {

  private static final String CHANNEL = "option-chain:A:1";
  private static final String PATTERN = "option-chain:A:*";
  private static final int STEPS = 150;

  /** What was published, by where the log has put it. */
  private final Map<Position, Integer> published = new HashMap<>();

  private final List<String> told = new ArrayList<>();
  private final List<Position> left = new ArrayList<>();

  /** Where a request is to begin, by its number. */
  private final Map<Integer, Position> starts = new HashMap<>();

  private final Set<String> wanted = new HashSet<>();
  private @Nullable Position held;

  /** Whether the next frame may also begin below what is held. */
  private boolean anywhere;

  private int read;
  private int requests;
  private int numbered;

  /** {@code -Dfickle.seeds=1000} for more than the few of each build. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("fickle.seeds", 6));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isToldOneStoryOfTheChannel(long seed) {
    Random random = new Random(seed);
    try (LateNode node = new LateNode(CHANNEL, FickleClientTest::generous);
        TestClient client = node.client()) {
      for (int i = 0; i < STEPS; i++) {
        step(random, node, client);
        if (random.nextInt(4) == 0) {
          readUpTo(client, ask(client, "{\"action\":\"ping\""));
        }
      }
      node.late.catchUp();
      node.log().catchUp();
      unsubscribe(client, CHANNEL); // which may be replayed at a slow pace
      subscribe(client, "\"" + CHANNEL + "\"", null);
      readUpTo(client, requests);
      publish(node);
      Position newest = node.bus.log().read(CHANNEL, 0, 0).toCompletableFuture().join().top();
      while (!newest.equals(held)) {
        take(client);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(e + "\n" + String.join("\n", told), e);
    }
  }

  private static GatewayConfig.Builder generous(GatewayConfig.Builder config) {
    return config.hub(it -> it.ringBytes(8 << 10)).clients(it -> it.withRate(100_000, 100_000));
  }

  private void step(Random random, LateNode node, TestClient client) {
    switch (random.nextInt(13)) {
      case 0, 1, 2 -> publish(node);
      case 3 -> node.late.holdBack();
      case 4 -> {
        if (random.nextBoolean()) {
          node.late.loseOne();
        }
        node.late.catchUp();
      }
      case 5 -> node.log().holdBack();
      case 6 -> node.log().catchUp();
      case 7 -> {
        if (random.nextInt(4) == 0) {
          node.endEpoch();
          told.add("-- the log has ended");
        }
      }
      case 8, 9 -> subscribe(client, wish(random), null);
      case 10 -> recover(random, client);
      case 11 -> subscribe(client, since(random), null);
      default -> unsubscribe(client, random.nextInt(3) == 0 ? PATTERN : CHANNEL);
    }
  }

  private void publish(LateNode node) {
    Publication publication = Publication.of(CHANNEL, TestChannels.payload(++numbered));
    Position place = node.bus.publish(publication).toCompletableFuture().join().orElseThrow();
    published.put(place, numbered);
    told.add("-- published " + numbered + " at " + place);
  }

  private static String wish(Random random) {
    String name = random.nextInt(4) == 0 ? PATTERN : CHANNEL;
    return "{\"channel\":\"%s\",\"mode\":\"%s\",\"stamps\":%s,\"snapshot\":%s}"
        .formatted(
            name,
            random.nextInt(3) == 0 ? "latest" : "all",
            random.nextBoolean(),
            random.nextBoolean());
  }

  private static String since(Random random) {
    boolean paced = random.nextBoolean();
    return "{\"channel\":\"%s\",\"since\":%d%s}"
        .formatted(
            CHANNEL,
            paced ? System.currentTimeMillis() - random.nextInt(100) : 0,
            paced ? ",\"speed\":" + (random.nextBoolean() ? 1 : 1000) : "");
  }

  private void recover(Random random, TestClient client) {
    Position from = held;
    if (from == null && !left.isEmpty()) {
      from = left.get(random.nextInt(left.size()));
    }
    if (from != null) {
      subscribe(client, TestChannels.recover(CHANNEL, from.epoch(), from.seq()), from);
    }
  }

  private int ask(TestClient client, String begun) {
    client.send(begun + ",\"requestId\":" + ++requests + "}");
    told.add("-- asked " + begun + " " + requests);
    return requests;
  }

  private void subscribe(TestClient client, String item, @Nullable Position from) {
    int id = ask(client, "{\"action\":\"subscribe\",\"channels\":[" + item + "]");
    if (from != null) {
      starts.put(id, from);
    }
  }

  private void unsubscribe(TestClient client, String name) {
    ask(client, "{\"action\":\"unsubscribe\",\"channels\":[\"" + name + "\"]");
  }

  private void readUpTo(TestClient client, int id) {
    while (take(client).path("requestId").asInt() != id) {}
  }

  /** Reads a message, which goes on where the one before has ended. */
  private JsonNode take(TestClient client) {
    int at = read++;
    JsonNode message = client.awaitFrom(at, m -> true);
    told.add(text(message));
    switch (message.path("type").asString()) {
      case "subscribed" -> message.path("channels").forEach(granted -> onGranted(message, granted));
      case "unsubscribed" -> message.path("channels").forEach(name -> onEnded(name.asString()));
      case "data" -> onData(message);
      case "snapshot" -> onSnapshot(message);
      case "gap" -> onGap(message);
      case "epoch" -> onEpoch(message);
      default -> {}
    }
    return message;
  }

  private void onGranted(JsonNode message, JsonNode granted) {
    wanted.add(granted.path("channel").asString());
    if (!granted.path("channel").asString().equals(CHANNEL)) {
      return;
    }
    Position from = starts.get(message.path("requestId").asInt());
    Position now = new Position(granted.path("epoch").asString(), granted.path("seq").asLong());
    boolean loose = anywhere;
    anywhere = false;
    if (granted.path("recovered").asBoolean(false)) {
      anywhere = from == null; // an instant, of which the client does not know the number
      held = from == null ? now : from;
      assertEquals(held.epoch(), now.epoch());
    } else if (held == null) {
      held = now;
    } else {
      assertEquals(held.epoch(), now.epoch());
      assertTrue(loose || held.seq() <= now.seq(), () -> held + " and " + now);
      held = now; // a snapshot follows, if it has moved
    }
  }

  private void onEnded(String name) {
    wanted.remove(name);
    if (wanted.isEmpty() && held != null) {
      left.add(held);
      held = null;
    }
  }

  private void begin(JsonNode frame) {
    assertFalse(wanted.isEmpty(), "nothing is wanted");
    if (frame.has("pattern")) {
      long from = frame.path("from").asLong(frame.path("seq").asLong());
      long first = frame.path("type").asString().equals("snapshot") ? from : from - 1;
      held = new Position(frame.path("epoch").asString(), first);
    }
    if (held == null) {
      fail("the epoch is not known");
    }
  }

  private void onData(JsonNode frame) {
    begin(frame);
    long seq = frame.path("seq").asLong();
    goOn(frame.path("from").asLong(seq), seq);
    check(frame);
  }

  private void check(JsonNode frame) {
    assertEquals(published.get(held), (Integer) frame.path("data").path("n").asInt());
  }

  private void onSnapshot(JsonNode frame) {
    begin(frame);
    assertTrue(held.seq() <= frame.path("seq").asLong());
    held = new Position(held.epoch(), frame.path("seq").asLong());
    check(frame);
  }

  private void onGap(JsonNode frame) {
    begin(frame);
    goOn(frame.path("from").asLong(), frame.path("to").asLong());
  }

  private void goOn(long from, long to) {
    assertTrue(held.seq() + 1 == from || (anywhere && from <= held.seq()), () -> held + " " + from);
    anywhere = false;
    held = new Position(held.epoch(), to);
  }

  private void onEpoch(JsonNode frame) {
    assertFalse(wanted.isEmpty(), "nothing is wanted");
    held = new Position(frame.path("epoch").asString(), frame.path("seq").asLong());
    anywhere = false;
  }

  private static String text(JsonNode message) {
    String text = message.toString();
    return text.substring(0, Math.min(220, text.length()));
  }
}
