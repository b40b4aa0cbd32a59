package dev.tapeline.redis.bus;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.redis.DurableTrio;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.RealSentinel;
import dev.tapeline.redis.log.DurableLoad;
import org.junit.jupiter.api.Test;

/** Durable channels over a real failover that sentinels decide, while all are published on. */
class DurableSentinelTest {

  @Test
  void aKilledMasterIsAnotherEpochOfEachChannel() throws Exception {
    try (RealSentinel group = RealSentinel.running();
        DurableTrio trio = new DurableTrio(group.settings(""))) {
      try (DurableLoad load = trio.load()) {
        trio.awaitMore(500);
        String channel = DurableTrio.CHANNELS.getFirst();
        String epoch = trio.epochOf(channel);
        RealRedis victim = group.master();
        victim.kill();
        trio.awaitOtherEpoch(channel, epoch);
        trio.awaitMore(500);
        assertTrue(load.failures() > 0, "no publication failed");
      }
      trio.assertAllEndAtTheTops();
    }
  }
}
