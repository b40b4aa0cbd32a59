package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.RepeatedTest;

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
}
