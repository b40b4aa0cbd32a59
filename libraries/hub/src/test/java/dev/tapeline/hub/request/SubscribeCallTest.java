package dev.tapeline.hub.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Position;
import dev.tapeline.hub.request.SubscriptionRequest.Start;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscribeCallTest {

  private final LoneClient client = new LoneClient();

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private static Start recover(@Nullable String epoch, long seq) {
    return new Start.Recover(new Position(String.valueOf(epoch), seq));
  }

  @Test
  void theAnswerWaitsForTheBusAndIsFollowedByEachPublication() {
    client.request("a", false, null);
    client.runLane();
    assertFalse(client.isAnswered());
    client.settle();
    SubscriptionGrant granted = client.answer();
    assertFalse(granted.pending());
    client.publish("a", 1, 3);
    assertEquals(range(granted.seq() + 1, granted.seq() + 3), client.numbers());
  }

  @Test
  void aSnapshotIsTheNewestThatThereIs() {
    client.publish("a", 1, 3);
    SubscriptionGrant granted = client.subscribe("a", true, null);
    String snapshot = new String(granted.newest().orElseThrow().text());
    assertTrue(snapshot.endsWith("3\""), snapshot);
    client.publish("a", 4, 4);
    assertEquals(List.of(granted.seq() + 1), client.numbers());
  }

  /** A recovery is whole or refused, wherever the client left off. */
  @Property(tries = 60)
  void aRecoveryGivesAllThatWasMissedOrNone(
      @ForAll @IntRange(min = 1, max = 120) int logged, @ForAll @IntRange(max = 120) int held) {
    LoneClient back = new LoneClient();
    String epoch = back.subscribe("d:1").epoch();
    assertTrue(back.session.unsubscribe(Channel.of("d:1")));
    back.publish("d:1", 1, logged);
    SubscriptionGrant granted = back.subscribe("d:1", true, recover(epoch, held));
    boolean possible = held <= logged && held >= logged - LoneClient.LOGGED;
    assertEquals(possible, granted.recovered());
    assertEquals(!possible, granted.newest().isPresent());
    assertEquals(possible ? range(held + 1, logged) : List.of(), back.numbers());
    back.publish("d:1", logged + 1, logged + 2);
    assertEquals(range(logged + 1, logged + 2), back.numbers());
  }

  @Test
  void whatIsPublishedWhileTheLogIsReadIsNeitherLostNorDoubled() {
    String epoch = client.subscribe("d:1").epoch();
    assertTrue(client.session.unsubscribe(Channel.of("d:1")));
    client.publish("d:1", 1, 30);
    client.request("d:1", false, recover(epoch, 10));
    client.callBus();
    client.runLane();
    client.publish("d:1", 31, 40);
    client.settle();
    assertEquals(true, client.answer().recovered());
    client.publish("d:1", 41, 41);
    assertEquals(range(11, 41), client.numbers());
  }

  @Test
  void aPositionOfAnotherEpochIsRefusedAtOnce() {
    client.publish("d:1", 1, 3);
    SubscriptionGrant granted = client.subscribe("d:1", true, recover("another", 2));
    assertEquals(false, granted.recovered());
    assertTrue(granted.newest().isPresent());
  }

  @Test
  void aReplayBeginsAtAnInstantOfTheLog() {
    client.publish("d:1", 1, 5);
    SubscriptionGrant granted = client.subscribe("d:1", false, new Start.Since(0, 0));
    assertEquals(true, granted.recovered());
    assertEquals(range(1, 5), client.numbers());
  }

  @Test
  void aPatternGivesWhatAppearsLaterToo() {
    SubscriptionGrant granted = client.subscribe("a:*");
    assertNull(granted.epoch());
    client.publish("a:1", 1, 1);
    client.publish("b:1", 1, 1);
    List<String> frames = client.frames();
    assertEquals(1, frames.size());
    assertTrue(frames.getFirst().endsWith(" by a:*"), frames.getFirst());
  }

  @Test
  void requestsForTheSameChannelAreAnsweredInOrder() {
    client.request("a", false, null);
    client.request("a", true, null);
    client.settle();
    assertTrue(client.isAnswered());
    client.publish("a", 1, 1);
    assertEquals(1, client.numbers().size());
    assertEquals(1, client.session.subscriptions());
  }

  @Test
  void whoLeavesBeforeTheAnswerGetsNone() {
    client.request("a", false, null);
    assertTrue(client.session.unsubscribe(Channel.of("a")));
    client.settle();
    assertEquals(0, client.session.subscriptions());
    client.publish("a", 1, 1);
    assertEquals(List.of(), client.frames());
  }
}
