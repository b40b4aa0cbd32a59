package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a replay waits for: a first subscriber, and the slowest one. */
@Timeout(60)
class WaitingTest {

  private static final int MESSAGES = 2000;
  private static final String FILLER = "x".repeat(2000);

  @Test
  void firstSubscriberIsAwaited() throws Exception {
    try (TestGateway gateway = new TestGateway(config -> config);
        TestClient client = gateway.client("/ws")) {
      Thread replay = waiting(gateway.gateway::awaitSubscriber);
      client.subscribe("\"a\"");
      replay.join();
      gateway.gateway.awaitSubscriber();
    }
  }

  @Test
  void roomIsThereWhenNobodyIsBehind() throws Exception {
    try (TestGateway gateway = smallRings();
        TestClient client = gateway.client("/ws")) {
      gateway.gateway.awaitRoom();
      client.subscribe("\"trade@X\"");
      publishAll(gateway);
      client.await(m -> m.path("seq").asLong(m.path("to").asLong(0)) == MESSAGES);
      gateway.gateway.awaitRoom();
    }
  }

  @Test
  void slowestSubscriberIsAwaitedUntilItHasCaughtUp() throws Exception {
    try (TestGateway gateway = smallRings();
        RawClient slow = subscribed(gateway)) {
      publishAll(gateway);
      Thread replay = waiting(gateway.gateway::awaitRoom);
      assertTrue(replay.isAlive());
      long covered = 0;
      while (covered < MESSAGES) {
        var frame = TestClient.JSON.readTree(slow.read());
        covered = frame.path("seq").asLong(frame.path("to").asLong());
      }
      replay.join();
    }
  }

  @Test
  void slowestSubscriberIsNotAwaitedOnceItHasGone() throws Exception {
    try (TestGateway gateway = smallRings()) {
      RawClient slow = subscribed(gateway);
      publishAll(gateway);
      Thread replay = waiting(gateway.gateway::awaitRoom);
      slow.close();
      replay.join();
    }
  }

  @Test
  void drainEndsWithTheLastClientOrWithItsTime() throws Exception {
    try (TestGateway gateway = new TestGateway(config -> config)) {
      assertTrue(gateway.gateway.drain(Duration.ofSeconds(30)));
    }
    try (TestGateway gateway = smallRings();
        RawClient silent = subscribed(gateway)) {
      gateway.awaitClients(1);
      assertFalse(gateway.gateway.drain(Duration.ofMillis(10)));
      assertEquals(1, gateway.gateway.clients());
      assertTrue(gateway.gateway.drain(Duration.ofSeconds(30)), silent::toString);
    }
  }

  private static TestGateway smallRings() {
    return new TestGateway(
        config -> config.hub(it -> it.ringBytes(64 << 10).ringsTotalBytes(64L << 20)));
  }

  private static RawClient subscribed(TestGateway gateway) {
    RawClient client = RawClient.upgraded(gateway.port, "/ws", 4096);
    client.send("{\"action\":\"subscribe\",\"channels\":[\"trade@X\"]}");
    assertTrue(client.read().contains("\"subscribed\""));
    return client;
  }

  private static void publishAll(TestGateway gateway) {
    for (int n = 1; n <= MESSAGES; n++) {
      gateway.publish("trade@X", "{\"n\":" + n + ",\"f\":\"" + FILLER + "\"}");
    }
  }

  /** A thread that waits for it; waits itself until it does. */
  private static Thread waiting(Wait wait) {
    Thread thread =
        Thread.ofPlatform()
            .name("waiting")
            .daemon()
            .start(() -> {
              try {
                wait.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    TestGateway.awaitTrue(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  /** Something to wait for. */
  private interface Wait {
    void await() throws InterruptedException;
  }
}
