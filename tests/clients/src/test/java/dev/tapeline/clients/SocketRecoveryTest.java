package dev.tapeline.clients;

import dev.tapeline.redis.RealRedis;
import dev.tapeline.server.compose.LiveServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A program with npm's {@code ws} that recovers from its position, with logs in a real Redis. */
@ExtendWith(WithNode.class)
@Timeout(240)
class SocketRecoveryTest {

  @Test
  void whatWasMissedComesAfterABreakAndAfterARestart() {
    try (RealRedis redis = RealRedis.running();
        LiveServer server = LiveServer.start(redis.setting());
        NativeClient client = new NativeClient(server)) {
      client.open("{}");
      JsonNode granted = client.subscribe(NativeClient.TRADES);
      client.publishTrades(1, 3);
      client.awaitTrades(1, 3);
      client.node().send("cut", "");
      client.node().await("closed");
      client.publishTrades(4, 9);
      client.node().send("mend", "");
      client.open("{}");
      client.recover(granted, 3);
      client.awaitTrades(4, 9);
      server.restart();
      client.node().await("closed");
      client.publishTrades(10, 15);
      client.open("{}");
      client.recover(granted, 9);
      client.publishTrades(16, 16);
      client.awaitTrades(10, 16);
    }
  }
}
