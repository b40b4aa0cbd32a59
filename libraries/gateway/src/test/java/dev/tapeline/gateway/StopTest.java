package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The end of a gateway whose process goes on. */
class StopTest {

  @RepeatedTest(20)
  void connectionsEndWithTheGateway() {
    try (TestGateway gateway = new TestGateway(config -> config);
        RawClient first = RawClient.upgraded(gateway.port, "/cable", 0);
        RawClient second = RawClient.upgraded(gateway.port, "/ws", 0)) {
      gateway.awaitClients(2);
      gateway.gateway.close();
      assertTrue(first.isClosedByServer());
      assertTrue(second.isClosedByServer());
    }
  }

  @Test
  void clientsOfABusyLaneAreToldToo() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    TestProtocol slow =
        new TestProtocol(
            "slow",
            text -> {
              busy.countDown();
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            });
    try (TestGateway gateway =
            new TestGateway(config ->
                config.listener(it -> it.withLanes(1)).protocols(it -> it.withOwn(List.of(slow))));
        TestClient client = gateway.client("/slow")) {
      client.send("work");
      busy.await();
      gateway.gateway.close();
      assertEquals(1001, client.awaitClose());
    }
  }
}
