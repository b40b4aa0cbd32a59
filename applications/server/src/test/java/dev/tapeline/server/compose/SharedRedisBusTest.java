package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusContract;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedDemand;
import dev.tapeline.plant.bus.SharedBus;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A view of a bus on Redis, of which the hub has subscribed everything already. */
class SharedRedisBusTest extends BusContract {

  private static final List<Selector> OF_HUB =
      List.of("*", "a", "s:*", "market:*", "market:tick:X", "s:x").stream()
          .map(Selector::parse)
          .toList();

  private final Demand demand = new EmbeddedDemand();
  private final BusRecorder hub = new BusRecorder();
  private RealRedis redis;
  private RedisConnector connector;
  private SharedBus shared;

  @Override
  protected Bus newBus() {
    redis = RealRedis.running();
    connector = RedisConnectors.of(redis.settings());
    shared = new SharedBus(new RedisBus(connector), demand);
    shared.start(hub);
    shared.subscribe(OF_HUB);
    hub.await(() -> hub.subscribed().size() == OF_HUB.size());
    return shared.view();
  }

  @BeforeEach
  void hubIsToldOnce() {
    assertEquals(OF_HUB.size(), hub.subscribed().size());
  }

  @AfterEach
  void closeAll() {
    assertEquals(OF_HUB.size(), demand.own().channels() + demand.own().patterns());
    shared.close();
    connector.close();
    redis.close();
  }

  @Test
  void bothAreConfirmedAgainWhenRedisIsBack() {
    subscribe("a");
    subscribe("v");
    int before = hub.subscribed().size();
    redis.kill();
    recorder.await(() -> recorder.states().contains(Bus.State.DOWN));
    bus.subscribe(Selector.parse("m*"));
    redis.start();
    recorder.await(() -> recorder.subscribed().size() == 5);
    hub.await(() -> hub.subscribed().size() == before + OF_HUB.size());
    publish("a", 1);
    publish("v", 2);
    publish("x", 3);
    publish("m", 4);
    recorder.awaitPublications(3);
    assertEquals(List.of("a 1", "v 2", "m 4"), recorder.texts());
    hub.awaitPublications(4);
    assertEquals(List.of("a 1", "v 2", "x 3", "m 4"), hub.texts());
    assertEquals(List.of(Bus.State.UP, Bus.State.DOWN, Bus.State.UP), recorder.states());
    assertEquals(List.of(Bus.State.UP, Bus.State.DOWN, Bus.State.UP), hub.states());
  }
}
