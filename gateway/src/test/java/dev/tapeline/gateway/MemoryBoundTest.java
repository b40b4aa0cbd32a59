package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bound of docs/how-it-works.md: clients that take nothing cost what it says, however long. */
class MemoryBoundTest {

  private static final int CLIENTS = 40;
  private static final int CHANNELS = 30;
  private static final int RING = 256 << 10;
  private static final long RINGS = 4L << 20;

  /** Referenced segments and the copied rest of one write, each at most 64 KiB. */
  private static final long BLOCKED = 5L * (64 << 10);

  private static final String FILLER = "x".repeat(2000);

  @Test
  void ringsAndBlockedClientsStayWithinTheBound() {
    try (TestGateway gateway =
        new TestGateway(config -> config.ringBytes(RING).ringsTotalBytes(RINGS))) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        RawClient client = RawClient.upgraded(gateway.port, "/ws", 4096);
        client.send("{\"action\":\"subscribe\",\"channels\":[\"c:*\"]}");
        assertTrue(client.read().contains("subscribed"));
        clients.add(client);
      }
      long most = 0;
      for (int n = 0; n < 10_000; n++) {
        gateway.publish("c:" + n % CHANNELS, "{\"n\":" + n + ",\"f\":\"" + FILLER + "\"}");
        long rings = (long) gateway.meters.get("tapeline.rings.bytes").gauge().value();
        assertTrue(rings <= RINGS + RING, "rings hold " + rings);
        most = Math.max(most, inFlight());
      }
      assertEquals(CLIENTS, gateway.gateway.clients());
      assertTrue(gateway.metric("tapeline.connections.blocked") >= CLIENTS);
      assertTrue(most <= CLIENTS * BLOCKED, "in flight " + most);
      clients.forEach(RawClient::close);
      gateway.awaitClients(0);
    }
  }

  /** What the writes that wait hold in the allocator. */
  private static long inFlight() {
    return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
        .mapToLong(arena -> arena.numActiveBytes())
        .sum();
  }
}
