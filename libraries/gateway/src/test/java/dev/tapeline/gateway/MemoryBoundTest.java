package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.tls.LiveCertificate;
import dev.tapeline.tls.TestCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    staysWithinTheBound(config -> config, gateway -> RawClient.upgraded(gateway.port, "/ws", 4096));
  }

  /** What is encrypted waits where plain bytes would, and no second write is begun before. */
  @Test
  void theSameOverTls(@TempDir Path folder) {
    TestCertificate certificate = TestCertificate.of("memory");
    SSLContext trust = certificate.trusting();
    try (LiveCertificate live =
        new LiveCertificate(
            certificate.write(folder), LiveCertificate.INTERVAL, new SimpleMeterRegistry())) {
      staysWithinTheBound(
          config -> config.listener(it -> it.withTls(live)),
          gateway -> RawClient.overTls(gateway.port, 4096, trust, new byte[0]).upgraded("/ws"));
    }
  }

  private static void staysWithinTheBound(
      UnaryOperator<GatewayConfig.Builder> change, Function<TestGateway, RawClient> dial) {
    try (TestGateway gateway =
        new TestGateway(
            config -> change.apply(config.hub(it -> it.ringBytes(RING).ringsTotalBytes(RINGS))))) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        RawClient client = dial.apply(gateway);
        client.send("{\"action\":\"subscribe\",\"channels\":[\"c:*\"]}");
        assertTrue(client.read().contains("subscribed"));
        clients.add(client);
      }
      LongAccumulator most = new LongAccumulator(Math::max, 0);
      for (int n = 0; n < 10_000; n++) {
        gateway.publish("c:" + n % CHANNELS, "{\"n\":" + n + ",\"f\":\"" + FILLER + "\"}");
        long rings = (long) gateway.meters.get("tapeline.rings.bytes").gauge().value();
        assertTrue(rings <= RINGS + RING, "rings hold " + rings);
        most.accumulate(inFlight());
      }
      TestGateway.awaitTrue(() -> {
        most.accumulate(inFlight());
        return gateway.metric("tapeline.connections.blocked") >= CLIENTS;
      });
      assertEquals(CLIENTS, gateway.gateway.clients());
      assertTrue(most.get() <= CLIENTS * BLOCKED, "in flight " + most);
      clients.forEach(RawClient::close);
      gateway.awaitClients(0);
    }
  }

  /** What the writes that wait hold in the allocator. */
  private static long inFlight() {
    PooledByteBufAllocatorMetric metric = PooledByteBufAllocator.DEFAULT.metric();
    return Stream.concat(metric.directArenas().stream(), metric.heapArenas().stream())
        .flatMap(arena -> arena.chunkLists().stream())
        .flatMap(chunks -> StreamSupport.stream(chunks.spliterator(), false))
        .mapToLong(chunk -> chunk.chunkSize() - chunk.freeBytes())
        .sum();
  }
}
