package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.token.TokenMaker;
import dev.tapeline.gateway.TestClient;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.simulate.dhan.DhanAccount;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole server with an account at the simulated Dhan: its tokens, its books, its orders. */
@Timeout(180)
class DhanAccountTest {

  private static final String KEY = "a-key-for-these-tests";
  private static final String JWT_SECRET = "a secret of 32 bytes and of some more";

  /** With a PIN that is in no other number. */
  private static final DhanAccount ACCOUNT =
      new DhanAccount(
          "1100000001",
          "simulated-token",
          "82736455",
          "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
          Duration.ofHours(24));

  private static final String ORDER =
      "{\"Data\":{\"Exchange\":\"NSE\",\"Segment\":\"E\",\"SecurityId\":\"2885\",\"OrderNo\":\"%s\","
          + "\"TxnType\":\"B\",\"OrderType\":\"LMT\",\"Product\":\"I\",\"Quantity\":10,"
          + "\"TradedQty\":%d,\"Price\":1405.5,\"TradedPrice\":1405.45,\"Status\":\"%s\","
          + "\"LastUpdatedTime\":\"2026-11-30 10:00:00\"},\"Type\":\"order_alert\"}";

  @TempDir Path folder;
  private final DhanSimulator dhan = DhanSimulator.start(DhanOptions.usual().with(ACCOUNT));
  private Tapeline server;

  @AfterEach
  void stop() {
    server.close();
    dhan.close();
  }

  private Path token() {
    return folder.resolve("token");
  }

  private String tokenNow() {
    try {
      return Files.readString(token()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the server with options of the source, and a token in its file. */
  private void start(String options, String present, Map<String, String> more) throws IOException {
    Files.writeString(token(), present);
    Map<String, String> all = new HashMap<>(more);
    all.put("TAPELINE_BIND_HOST", "127.0.0.1");
    all.put("TAPELINE_API_PORT", "0");
    all.put("REDIS_WS_GATEWAY_PORT", "0");
    all.put("GATEWAY_API_KEY", KEY);
    all.put("JWT_SECRET", JWT_SECRET);
    all.put("TAPELINE_DATA", folder.toString());
    all.put("DHANHQ_CLIENT_ID", ACCOUNT.clientId());
    all.put("DHANHQ_ACCESS_TOKEN_FILE", token().toString());
    all.put(
        "TAPELINE_FEEDS",
        ("dhan socket-url=ws://127.0.0.1:%1$d/ rest-url=http://127.0.0.1:%1$d/v2"
                + " auth-url=http://127.0.0.1:%1$d"
                + " master-url=http://127.0.0.1:%1$d/api-data/api-scrip-master-detailed.csv"
                + " hours=always watch=NIFTY %2$s")
            .formatted(dhan.port(), options));
    Settings settings = Settings.load(all, Map.of());
    server = Tapeline.start(settings, FeedPlan.of(settings));
  }

  private static Map<String, String> minting(String pin) {
    return Map.of("DHANHQ_PIN", pin, "DHANHQ_TOTP_SECRET", ACCOUNT.totpSecret());
  }

  private TestClient user(String name) {
    Identity identity = new Identity(name, "user", Instant.now().plusSeconds(600));
    return client(TokenMaker.make(JWT_SECRET, identity));
  }

  private TestClient client(String credential) {
    return new TestClient(server.ports().getFirst(), "/ws?token=" + credential);
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void awaitOrders() {
    await(
        "orders are listened to",
        () -> dhan.control().state().path("connections").toString().contains("\"orders\""));
  }

  private static boolean isEvent(JsonNode message, String type) {
    return message.at("/data/type").asString("").equals(type);
  }

  @Test
  void aDeepBookArrivesWhole() throws IOException {
    start("depth=20 watch-books=NSE_EQ:1333", ACCOUNT.token(), Map.of());
    await(
        "the book that the settings name",
        () ->
            dhan.control().state().path("connections").toString().contains("depth20 NSE_EQ:1333"));
    try (TestClient client = client(KEY)) {
      client.subscribe("\"depth@RELIANCE\"");
      JsonNode book = client.await(message -> message.at("/data/data/b").size() == 20);
      assertTrue(book.at("/data/data/snapshot").asBoolean(false), book::toString);
      assertEquals(20, book.at("/data/data/a").size());
    }
  }

  @Test
  void ordersReachTheirOwnerAndNobodyElse() throws IOException {
    start("orders=true user=u1", ACCOUNT.token(), Map.of());
    awaitOrders();
    try (TestClient owner = user("u1");
        TestClient other = user("u2");
        TestClient administrator = client(KEY)) {
      owner.subscribe("\"positions:u1\"");
      for (TestClient stranger : List.of(other, administrator)) {
        JsonNode answer = stranger.subscribe("\"positions:u1\"", "\"*\"", "\"positions:*\"");
        assertEquals("forbidden", answer.at("/rejected/0/code").asString(), answer::toString);
      }
      dhan.tellOrder(ORDER.formatted("77", 0, "PENDING"));
      dhan.tellOrder("no JSON");
      dhan.tellOrder(ORDER.formatted("77", 4, "Traded"));
      JsonNode event = owner.await(it -> it.at("/data/filled").asLong(0) == 4).path("data");
      assertEquals("77_TRADED_4_1796013000000", event.path("id").asString());
      assertEquals(
          "{\"id\":\"77\",\"symbol\":\"RELIANCE\",\"key\":\"NSE_EQ:2885\",\"side\":\"buy\","
              + "\"product\":\"I\",\"type\":\"LMT\",\"status\":\"TRADED\",\"quantity\":10,"
              + "\"traded\":4,\"price\":1405.5}",
          event.path("order").toString());
      for (TestClient stranger : List.of(other, administrator)) {
        stranger.subscribe("\"later\""); // answered after whatever was sent before
        assertFalse(stranger.texts().toString().contains("order.updated"));
      }
    }
  }

  @Test
  void aTokenThatEndsInTheSessionIsReplacedAndAllGoesOn() throws IOException {
    start("orders=true user=u1", ACCOUNT.token(), minting(ACCOUNT.pin()));
    awaitOrders();
    try (TestClient owner = user("u1")) {
      owner.subscribe("\"positions:u1\"", "\"market:tick:NIFTY\"");
      owner.await(it -> it.at("/data/symbol").asString("").equals("NIFTY"));
      dhan.tellOrder(ORDER.formatted("70", 0, "PENDING"));
      owner.await(it -> it.at("/data/order/id").asString("").equals("70"));
      dhan.control().inject(Fault.of(FaultKind.EXPIRE_TOKEN));
      await("the file has another token", () -> !tokenNow().equals(ACCOUNT.token()));
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(token())));
      JsonNode news = owner.await(it -> isEvent(it, "orders.listening") && since(it) > 0);
      assertTrue(since(news) <= news.at("/data/t").asLong(), news::toString);
      int before = owner.size();
      owner.awaitFrom(before, it -> it.at("/data/symbol").asString("").equals("NIFTY"));
      awaitOrders();
      dhan.tellOrder(ORDER.formatted("78", 10, "TRADED"));
      owner.await(it -> it.at("/data/order/id").asString("").equals("78"));
      assertNoSecrets();
    }
  }

  private String get(String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.ports().getFirst() + path))
              .header("Authorization", "Bearer " + KEY)
              .build();
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static long since(JsonNode message) {
    return message.at("/data/since").asLong(0);
  }

  private void assertNoSecrets() {
    try (TestClient client = client(KEY)) {
      String told = client.texts() + get("/api/v1/nodes") + get("/metrics");
      for (String secret : List.of(ACCOUNT.pin(), ACCOUNT.totpSecret(), tokenNow())) {
        assertFalse(told.contains(secret), "a secret is told");
      }
    }
  }

  @Test
  void aWrongPinIsToldWithTheState() throws IOException {
    start("", "outdated", minting("654321"));
    try (TestClient client = client(KEY)) {
      JsonNode status = client.await(it -> it.path("reason").asString("").contains("no new token"));
      String reason = status.path("reason").asString();
      assertEquals("down", status.path("state").asString());
      assertTrue(reason.startsWith("auth: "), reason);
      assertTrue(reason.endsWith("Invalid Pin; check the PIN"), reason);
      assertEquals("outdated", tokenNow());
    }
  }
}
