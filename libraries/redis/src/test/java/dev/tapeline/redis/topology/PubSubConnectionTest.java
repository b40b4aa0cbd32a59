package dev.tapeline.redis.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.wire.PubSubConnection;
import dev.tapeline.redis.wire.Request;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection with a server that says what the test wants it to say. */
class PubSubConnectionTest {

  private static final String HELLO = "%1\r\n+proto\r\n:3\r\n";

  private ServerSocket server;
  private RedisConnector connector;

  /** Answers what is sent, piece by piece, by the given texts, and then waits for the end. */
  private PubSubConnection connect(String... answers) throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> serve(answers));
    connector = RedisConnectors.of(RedisSettings.of("127.0.0.1", server.getLocalPort(), null));
    return connector.connectPubSub().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void serve(String... answers) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] request = new byte[1 << 16];
      for (String answer : answers) {
        assertTrue(in.read(request) > 0);
        out.write(answer.getBytes(StandardCharsets.UTF_8));
      }
      in.readAllBytes();
    } catch (IOException e) {
      // The client has closed the connection: that is what these tests wait for.
      assertTrue(server.isBound());
    }
  }

  @AfterEach
  void close() throws IOException {
    connector.close();
    server.close();
  }

  @Test
  void pushesBetweenRepliesAnswerNothing() throws Exception {
    PubSubConnection connection =
        connect(
            HELLO,
            ">2\r\n+invalidate\r\n_\r\n"
                + ">3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\n1\r\n"
                + ">3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n"
                + ">3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\n2\r\n"
                + "$3\r\nold\r\n-ERR no\r\n");
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    long before = connection.heard();
    connection.listen((pattern, channel, payload) -> heard.add(channel + text(payload)));
    connection.send(
        List.of(
            Request.subscription("subscribe", "", "a", answer(heard, "subscribed ")),
            Request.of("LINDEX", List.of("tick:a", "0"), answer(heard, "list ")),
            Request.of("GET", List.of("a"), answer(heard, "get "))));
    List<String> expected = List.of("a1", "subscribed null", "a2", "list old", "get ERR no");
    for (String next : expected) {
      assertEquals(next, heard.poll(10, TimeUnit.SECONDS));
    }
    assertEquals(expected.size(), connection.heard() - before); // answers show it is at work too
  }

  @Test
  void aShardedSubscriptionMayEndUnasked() throws Exception {
    PubSubConnection connection =
        connect(
            HELLO,
            ">3\r\n$10\r\nssubscribe\r\n$1\r\na\r\n:1\r\n"
                + ">3\r\n$8\r\nsmessage\r\n$1\r\na\r\n$1\r\n1\r\n"
                + ">3\r\n$8\r\nsmessage\r\n$1\r\nb\r\n$1\r\n2\r\n"
                + ">3\r\n$12\r\nsunsubscribe\r\n$1\r\na\r\n:0\r\n"
                + ">3\r\n$12\r\nsunsubscribe\r\n$1\r\nb\r\n:0\r\n"
                + "+PONG\r\n");
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    PubSubConnection.ShardListener shard =
        new PubSubConnection.ShardListener() {
          @Override
          public void onMessage(byte[] payload) {
            heard.add("a" + text(payload));
          }

          @Override
          public void onEnded() {
            heard.add("a ended");
          }
        };
    Request.Answer subscribed = (_, _) -> connection.listen("a", shard);
    connection.send(
        List.of(
            Request.subscription("ssubscribe", "", "a", subscribed),
            Request.of("PING", List.of(), answer(heard, "ping "))));
    for (String next : List.of("a1", "a ended", "ping PONG")) {
      assertEquals(next, heard.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void whatIsNotRedissProtocolEndsItWithAReason() throws Exception {
    PubSubConnection connection = connect(HELLO, "?what\r\n");
    assertEndsWith(connection, "no value begins with byte 0x3f");
  }

  @Test
  void anAnswerToSomethingElseEndsItWithAReason() throws Exception {
    PubSubConnection connection = connect(HELLO, ">3\r\n+subscribe\r\n+b\r\n:1\r\n");
    assertEndsWith(connection, "'subscribe b' answers no request");
  }

  private static void assertEndsWith(PubSubConnection connection, String reason) throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    connection.send(
        List.of(Request.subscription("subscribe", "", "a", answer(heard, "subscribed "))));
    String error = heard.poll(10, TimeUnit.SECONDS);
    assertTrue(error.startsWith("subscribed what came is not Redis's protocol"), error);
    assertTrue(error.endsWith(reason), error);
    assertTrue(connection.problem().endsWith(reason), connection::problem);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    connection.whenEnded(() -> ended.complete(null));
    ended.get(10, TimeUnit.SECONDS);
    connection.send(List.of(Request.of("PING", List.of(), answer(heard, "later "))));
    assertTrue(heard.poll(10, TimeUnit.SECONDS).endsWith(reason));
  }

  @Test
  void aListenerThatFailsEndsItAsMessagesWouldBeMissed() throws Exception {
    PubSubConnection connection = connect(HELLO, ">3\r\n+message\r\n+a\r\n+1\r\n:1\r\n");
    connection.listen((pattern, channel, payload) -> {
      throw new IllegalStateException("broken");
    });
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    connection.send(List.of(Request.of("PING", List.of(), answer(heard, "ping "))));
    assertEquals("ping java.lang.IllegalStateException: broken", heard.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void anotherKindOfServerIsToldApart() {
    String problem =
        assertThrows(CompletionException.class, () -> connect("HTTP/1.1 400 Bad Request\r\n\r\n"))
            .getCause()
            .getMessage();
    assertTrue(problem.contains("not Redis's protocol"), problem);
  }

  @Test
  void aServerThatIsTooOldRefuses() {
    Throwable cause =
        assertThrows(CompletionException.class, () -> connect("-ERR unknown command `HELLO`\r\n"))
            .getCause();
    assertEquals(RedisCommandExecutionException.class, cause.getClass());
    assertTrue(
        RedisProblem.describe(cause, RedisAddress.of("h", 1)).contains("older than Redis 6"));
  }

  private static Request.Answer answer(BlockingQueue<String> heard, String name) {
    return (text, error) -> heard.add(name + (error == null ? text(text) : error.getMessage()));
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
  }
}
