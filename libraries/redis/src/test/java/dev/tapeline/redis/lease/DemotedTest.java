package dev.tapeline.redis.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus.State;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.Cache.Write.Put;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealCluster;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.TcpRelay;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.bus.RedisLoginTest;
import dev.tapeline.redis.cache.RedisCache;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that becomes a replica while it is used, and keeps its connections. */
class DemotedTest {

  private final BusRecorder recorder = new BusRecorder();

  private RedisBus started(RedisConnector connector) {
    RedisBus bus = new RedisBus(connector, DurableRules.of("d:*"));
    bus.start(recorder);
    bus.subscribe(Selector.parse("a"));
    recorder.await(() -> recorder.subscribed().equals(List.of("a")));
    return bus;
  }

  private static void demote(RealRedis old, RealRedis successor) {
    assertEquals("+OK\r\n", old.ask("REPLICAOF 127.0.0.1 " + successor.port()));
  }

  @Test
  void isLeftBehindAStableNameThoughNothingIsWritten() throws Exception {
    try (RealRedis old = RealRedis.running();
        RealRedis successor = RealRedis.running();
        TcpRelay name = TcpRelay.to(old);
        RedisConnector connector =
            RedisConnectors.of(RedisSettings.of("127.0.0.1", name.port(), null));
        RedisBus bus = started(connector)) {
      demote(old, successor);
      recorder.await(() -> bus.state() == State.DOWN);
      Await.until(() -> bus.problem().endsWith("is a replica, not the master"));
      name.moveTo(successor);
      recorder.await(() -> recorder.subscribed().equals(List.of("a", "a")));
      successor.ask("PUBLISH a there");
      recorder.await(() -> recorder.texts().equals(List.of("a there")));
      assertEquals(List.of(State.UP, State.DOWN, State.UP), recorder.states());
    }
  }

  /** A user that may not ask for the role learns it by the first write that is refused. */
  @Test
  void isLeftAtTheFirstWriteThatItRefuses() throws Exception {
    String user = "user least on >pw ~* &* -@all " + RedisLoginTest.RIGHTS;
    try (RealRedis old = RealRedis.running(user);
        RealRedis successor = RealRedis.running(user);
        TcpRelay name = TcpRelay.to(old);
        RedisConnector connector =
            RedisConnectors.of(RedisSettings.parse("redis://least:pw@127.0.0.1:" + name.port()));
        RedisCache cache = new RedisCache(connector)) {
      Await.until(cache::isUp);
      name.moveTo(successor);
      demote(old, successor);
      Await.until(() -> takes(cache));
      assertTrue(successor.ask("GET k").endsWith("v\r\n"));
    }
  }

  private static boolean takes(RedisCache cache) {
    return cache
        .write(List.of(new Put("k", "v", Duration.ofMinutes(1))))
        .handle((_, error) -> error == null)
        .toCompletableFuture()
        .join();
  }

  @Test
  void ofAClusterIsLeftThoughItsConnectionsStay() throws Exception {
    try (RealCluster cluster = RealCluster.running();
        RedisConnector connector = RedisConnectors.of(cluster.settings(""));
        RedisBus bus = started(connector)) {
      for (RealRedis master : cluster.masters()) {
        failOver(cluster, master);
      }
      recorder.await(() -> recorder.states().contains(State.DOWN));
      recorder.await(() -> bus.state() == State.UP && recorder.subscribed().size() > 1);
      Await.until(() -> {
        bus.publish(List.of(Publication.of("a", "there")));
        return recorder.texts().contains("a there");
      });
    }
  }

  private static void failOver(RealCluster cluster, RealRedis master) {
    String id = RealCluster.id(master);
    RealRedis replica =
        cluster.nodes().stream()
            .filter(node -> node.ask("CLUSTER NODES").contains("myself,slave " + id))
            .findFirst()
            .orElseThrow();
    Await.until(() -> {
      replica.ask("CLUSTER FAILOVER");
      return replica.ask("ROLE").contains("master");
    });
  }
}
