package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.token.TokenMaker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An administrator lists a gateway's clients and channels, and disconnects clients. */
class AdminApiTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SECRET = "a secret of tests that is long enough";
  private static final String CONNECTIONS = "/api/v1/admin/connections";

  private final RestRig rig = new RestRig(Map.of("JWT_SECRET", SECRET));
  private int port;

  @BeforeEach
  void start() {
    port = rig.startGateway();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  /** A WebSocket client that keeps the messages that it receives. */
  static final class Client implements WebSocket.Listener, AutoCloseable {

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    Client(int port, String query) {
      URI uri = URI.create("ws://127.0.0.1:" + port + "/ws" + query);
      socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .header("User-Agent", "a test")
              .buildAsync(uri, this)
              .orTimeout(10, TimeUnit.SECONDS)
              .join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket ws, CharSequence text, boolean last) {
      texts.add(text.toString());
      ws.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedStage(null);
    }

    void subscribe() throws InterruptedException {
      socket
          .sendText(
              "{\"action\":\"subscribe\",\"channels\":[\"market:tick:X\","
                  + "{\"channel\":\"ticker@*\",\"mode\":\"latest\",\"maxRate\":5}]}",
              true)
          .join();
      assertTrue(await().contains("subscribed"));
    }

    String await() throws InterruptedException {
      return Optional.ofNullable(texts.poll(10, TimeUnit.SECONDS)).orElse("nothing within 10 s");
    }

    int awaitClose() throws Exception {
      return closed.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      socket.abort();
    }
  }

  static String idOf(HttpResponse<String> connections) {
    return JSON.readTree(connections.body()).at("/connections/0/id").asString();
  }

  private static String token(String user, String role) {
    return TokenMaker.make(SECRET, new Identity(user, role, null));
  }

  private Client client(String user) throws InterruptedException {
    Client client = new Client(port, "?token=" + token(user, "user"));
    client.subscribe();
    return client;
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = rig.get(path, "Authorization", "Bearer " + RestRig.KEY);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private JsonNode post(String path, String body) throws Exception {
    HttpResponse<String> answer = rig.post(path, body, "Authorization", "Bearer " + RestRig.KEY);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private static List<String> users(JsonNode answer) {
    return answer
        .path("connections")
        .valueStream()
        .map(one -> one.path("user").asString())
        .sorted()
        .toList();
  }

  @Test
  void connectionsTellWhoTheyAreAndWhatTheyGet() throws Exception {
    try (Client _ = client("u1")) {
      JsonNode answer = get(CONNECTIONS);
      assertEquals(1, answer.path("total").asInt());
      JsonNode one = answer.path("connections").get(0);
      assertEquals("u1", one.path("user").asString());
      assertEquals("user", one.path("role").asString());
      assertEquals("127.0.0.1", one.path("address").asString());
      assertEquals("native", one.path("protocol").asString());
      assertEquals("/ws", one.path("path").asString());
      assertEquals("a test", one.path("agent").asString());
      assertEquals("as asked", one.path("level").asString());
      assertEquals(1, one.path("messages").asInt());
      assertEquals(1, one.path("channels").asInt());
      assertEquals("market:tick:X", one.at("/subscriptions/0/channel").asString());
      assertEquals("ticker@*", one.at("/subscriptions/1/channel").asString());
      assertEquals(5, one.at("/subscriptions/1/maxRate").asInt());
    }
  }

  @Test
  void connectionsAreFilteredSortedAndPaged() throws Exception {
    try (Client _ = client("u1");
        Client _ = client("u2");
        Client _ = client("u3")) {
      assertEquals(List.of("u2"), users(get(CONNECTIONS + "?user=u2")));
      assertEquals(List.of("u1", "u2", "u3"), users(get(CONNECTIONS + "?channel=market:*")));
      assertEquals(List.of(), users(get(CONNECTIONS + "?channel=trade@X")));
      assertEquals(List.of(), users(get(CONNECTIONS + "?slow=true")));
      assertEquals(List.of(), users(get(CONNECTIONS + "?protocol=centrifugo")));
      assertEquals(List.of("u2"), users(get(CONNECTIONS + "?sort=since&skip=1&limit=1")));
    }
  }

  @Test
  void channelsTellWhatTheyCarry() throws Exception {
    try (Client _ = client("u1");
        Client _ = client("u2")) {
      JsonNode one = get("/api/v1/admin/channels").path("channels").get(0);
      assertEquals("market:tick:X", one.path("channel").asString());
      assertEquals("state", one.path("kind").asString());
      assertEquals(2, one.path("subscribers").asInt());
      assertEquals(0, one.path("seq").asInt());
      assertEquals(0, get("/api/v1/admin/channels?channel=y*").path("found").asInt());
    }
  }

  @Test
  void oneConnectionIsClosedForGoodOrToComeBack() throws Exception {
    try (Client first = client("u1");
        Client second = client("u2")) {
      String id = idOf(rig.get(CONNECTIONS + "?user=u1", "X-API-Key", RestRig.KEY));
      assertEquals(1, post(CONNECTIONS + "/" + id + "/close", "").path("closed").asInt());
      assertEquals(4503, first.awaitClose());
      assertEquals(List.of("u2"), users(get(CONNECTIONS)));
      String body = "{\"user\":\"u2\",\"reconnect\":true}";
      assertEquals(1, post("/api/v1/admin/close", body).path("closed").asInt());
      assertEquals(4005, second.awaitClose());
    }
  }

  @Test
  void allAreMovedAndNewOnesComeIn() throws Exception {
    try (Client first = client("u1");
        Client second = client("u2")) {
      assertEquals(2, post("/api/v1/admin/move", "{\"seconds\":1}").path("moved").asInt());
      for (Client client : List.of(first, second)) {
        assertTrue(client.await().contains("\"reconnect\""));
        assertEquals(4005, client.awaitClose());
      }
      try (Client _ = client("u3")) {
        assertEquals(List.of("u3"), users(get(CONNECTIONS)));
      }
    }
  }

  @Test
  void onlyAdministratorsComeIn() throws Exception {
    for (String credential : List.of("", "nonsense", token("u1", "user"))) {
      int expected = credential.startsWith("ey") ? 403 : 401;
      String[] headers =
          credential.isEmpty()
              ? new String[0]
              : new String[] {"Authorization", "Bearer " + credential};
      Stream<HttpResponse<String>> answers =
          Stream.of(
              rig.get(CONNECTIONS, headers),
              rig.get("/api/v1/admin/channels", headers),
              rig.post(CONNECTIONS + "/1/close", "", headers),
              rig.post("/api/v1/admin/close", "{\"user\":\"u\"}", headers),
              rig.post("/api/v1/admin/move", "{\"seconds\":1}", headers));
      answers.forEach(answer -> assertEquals(expected, answer.statusCode(), answer.body()));
    }
    String admin = "Bearer " + token("boss", "admin");
    assertEquals(200, rig.get(CONNECTIONS, "Authorization", admin).statusCode());
  }

  @Test
  void whoShowsNothingIsNoAdministratorWhateverTheDefaultRole() throws Exception {
    try (RestRig open = new RestRig(Map.of("DEFAULT_ROLE", "admin"))) {
      int _ = open.startGateway();
      assertEquals(401, open.get(CONNECTIONS).statusCode());
    }
  }
}
