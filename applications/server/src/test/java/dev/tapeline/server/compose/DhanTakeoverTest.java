package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.token.TokenMaker;
import dev.tapeline.gateway.TestClient;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.simulate.dhan.DhanAccount;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes with one account at Dhan, each with a token file of its own. */
@Timeout(240)
class DhanTakeoverTest extends OnRedisRig {

  private static final String JWT_SECRET = "a secret of 32 bytes and of some more";
  private static final String OUTDATED = "outdated";
  private static final String HELD = "tapeline_feed_held{source=\"dhan\"} 1.0";
  private static final String ORDER =
      "{\"Data\":{\"Exchange\":\"NSE\",\"Segment\":\"E\",\"SecurityId\":\"2885\",\"OrderNo\":\"%s\","
          + "\"Status\":\"PENDING\"},\"Type\":\"order_alert\"}";

  private final DhanSimulator dhan = DhanSimulator.start(DhanOptions.usual().limited(false));

  @AfterEach
  void closeSimulator() {
    dhan.close();
  }

  private Tapeline node(String name) throws IOException {
    Files.writeString(token(name), OUTDATED);
    Map<String, String> account =
        Map.of(
            "TAPELINE_DATA",
            folder.resolve(name).toString(),
            "JWT_SECRET",
            JWT_SECRET,
            "DHANHQ_CLIENT_ID",
            DhanAccount.USUAL.clientId(),
            "DHANHQ_ACCESS_TOKEN_FILE",
            token(name).toString(),
            "DHANHQ_PIN",
            DhanAccount.USUAL.pin(),
            "DHANHQ_TOTP_SECRET",
            DhanAccount.USUAL.totpSecret());
    Settings feeds =
        Settings.load(
            Map.of(
                "TAPELINE_FEEDS",
                ("dhan socket-url=ws://127.0.0.1:%1$d/ rest-url=http://127.0.0.1:%1$d/v2"
                        + " auth-url=http://127.0.0.1:%1$d"
                        + " master-url=http://127.0.0.1:%1$d/api-data/api-scrip-master-detailed.csv"
                        + " hours=always watch=NIFTY orders=true user=u1")
                    .formatted(dhan.port()),
                "DHANHQ_CLIENT_ID",
                "any",
                "DHANHQ_ACCESS_TOKEN",
                "any"),
            Map.of());
    return start(name, "all", FeedPlan.of(feeds), account);
  }

  private Path token(String name) {
    return folder.resolve(name + "-token");
  }

  private String tokenOf(String name) throws IOException {
    return Files.readString(token(name)).strip();
  }

  private void awaitOrders() {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!dhan.control().state().path("connections").toString().contains("\"orders\"")) {
      assertTrue(System.nanoTime() < end, "orders are listened to");
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void assertTold(TestClient owner, String order) {
    awaitOrders();
    dhan.tellOrder(ORDER.formatted(order));
    owner.await(it -> it.at("/data/order/id").asString("").equals(order));
  }

  @Test
  void onlyTheNodeThatRunsTheSourceMakesTokensAndTellsOrders() throws Exception {
    Identity user = new Identity("u1", "user", Instant.now().plusSeconds(600));
    try (Tapeline holder = node("first")) {
      awaitBody(holder, "/metrics", HELD);
      awaitOrders();
      String made = tokenOf("first");
      assertNotEquals(OUTDATED, made);
      try (Tapeline standby = node("second");
          TestClient owner =
              new TestClient(
                  standby.ports().getFirst(), "/ws?token=" + TokenMaker.make(JWT_SECRET, user))) {
        owner.subscribe("\"positions:u1\"");
        awaitBody(standby, "/health/ready", "\"feed\":\"standby\"");
        assertTold(owner, "1");
        assertEquals(OUTDATED, tokenOf("second"));
        holder.close();
        awaitBody(standby, "/metrics", HELD);
        assertTold(owner, "2");
        assertNotEquals(OUTDATED, tokenOf("second"));
        assertEquals(made, tokenOf("first"));
      }
    }
  }
}
