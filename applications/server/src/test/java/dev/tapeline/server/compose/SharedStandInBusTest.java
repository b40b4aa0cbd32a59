package dev.tapeline.server.compose;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DurableBusContract;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedDemand;
import dev.tapeline.embedded.StandInBus;
import dev.tapeline.plant.bus.SharedBus;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** The durable channels of a view, on the bus of a node that goes on alone without Redis. */
class SharedStandInBusTest extends DurableBusContract {

  private RealRedis redis;
  private RedisConnector connector;
  private SharedBus shared;

  @Override
  protected Bus newBus() {
    redis = RealRedis.running();
    connector = RedisConnectors.of(redis.settings());
    shared =
        new SharedBus(
            new StandInBus(
                new RedisBus(connector, RULES), RULES, 100, 1 << 20, System::currentTimeMillis),
            new EmbeddedDemand());
    BusRecorder hub = new BusRecorder();
    shared.start(hub);
    List<Selector> selectors = Stream.of("*", "d:*", "d:a", "d:b").map(Selector::parse).toList();
    shared.subscribe(selectors);
    hub.await(() -> hub.subscribed().size() == selectors.size());
    return shared.view();
  }

  @AfterEach
  void closeAll() {
    shared.close();
    connector.close();
    redis.close();
  }
}
