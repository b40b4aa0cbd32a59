package dev.tapeline.redis.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Nodes;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisNodesTest {

  private RealRedis redis;
  private RedisConnector connector;
  private RedisLeases leases;
  private Nodes nodes;

  @BeforeEach
  void start() {
    redis = RealRedis.running();
    connector = RedisConnectors.of(redis.settings().withKeyPrefix("t:"));
    leases = new RedisLeases(connector, new RedisBus(connector, DurableRules.NONE));
    nodes = new RedisNodes(connector, leases);
    Await.until(() -> !nodes.list().toCompletableFuture().handle((a, e) -> a == null).join());
  }

  @AfterEach
  void stop() {
    leases.close();
    connector.close();
    redis.close();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private List<String> told() {
    return await(nodes.list()).nodes().stream()
        .map(told -> told.node() + " " + told.report())
        .toList();
  }

  @Test
  void newestReportOfEachIsListed() {
    assertEquals("", await(nodes.tell("b", "{\"n\": 1}")));
    assertEquals("", await(nodes.tell("a", "{}")));
    assertEquals("{\"n\": 1}", await(nodes.tell("b", "{\"n\": 2}")));
    assertEquals(List.of("a {}", "b {\"n\": 2}"), told());
    Nodes.Listing listing = await(nodes.list());
    long age = listing.millis() - listing.nodes().getFirst().millis();
    assertTrue(age >= 0 && age < 10_000, () -> "age " + age);
    await(nodes.leave("a"));
    assertEquals(List.of("b {\"n\": 2}"), told());
  }

  @Test
  void oldReportsGo() {
    redis.ask("HSET t:tapeline:nodes long-gone \"1000 {}\"");
    redis.ask("HSET t:tapeline:nodes before-the-clock-was-set-back \"9000000000000 {}\"");
    await(nodes.tell("a", "{}"));
    assertEquals(List.of("a {}"), told());
    long left = Long.parseLong(redis.ask("PTTL t:tapeline:nodes").strip().substring(1));
    assertTrue(left > 0 && left <= Nodes.KEPT.toMillis(), () -> "left " + left);
  }

  @Test
  void nodesBeyondTheLimitAreRefused() {
    for (int i = 0; i < Nodes.MAX; i++) {
      nodes.tell("n" + i, "{}");
    }
    await(nodes.tell("n0", "{\"again\":1}"));
    CompletionException refused =
        assertThrows(CompletionException.class, () -> await(nodes.tell("one more", "{}")));
    assertTrue(refused.getMessage().contains("FULL"), refused.getMessage());
    await(nodes.leave("n1"));
    await(nodes.tell("one more", "{}"));
  }
}
