package dev.tapeline.feed.dhan.master.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real server. */
class HttpDownloadTest {

  private static final byte[] BODY = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpDownload download =
      new HttpDownload(Duration.ofSeconds(30), Duration.ofSeconds(60));
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    download.close();
    server.stop(0);
    threads.close();
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private void redirect(String path, String target) {
    serve(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", target);
          answer(exchange, 302, new byte[0]);
        });
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private String get(String path) throws IOException {
    try (InputStream in = download.open(uri(path))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void assertFails(String reason, String path) {
    String message = assertThrows(IOException.class, () -> get(path)).getMessage();
    assertEquals(reason, message);
  }

  @Test
  void theBytesAreThoseOfTheServer() throws IOException {
    serve("/file", exchange -> answer(exchange, 200, BODY));
    assertEquals("a,b\n1,2\n", get("/file"));
  }

  @Test
  void compressedBytesAreUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(BODY);
    }
    serve(
        "/file",
        exchange -> {
          String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
          exchange.getResponseHeaders().set("Content-Encoding", String.valueOf(accepted));
          answer(exchange, 200, packed.toByteArray());
        });
    assertEquals("a,b\n1,2\n", get("/file"));
  }

  @Test
  void aRedirectWithinTheHostIsFollowed() throws IOException {
    serve("/file", exchange -> answer(exchange, 200, BODY));
    redirect("/moved", "file");
    assertEquals("a,b\n1,2\n", get("/moved"));
  }

  @Test
  void aRedirectToAnotherHostOrSchemeIsNot() {
    serve("/file", exchange -> answer(exchange, 200, BODY));
    String away = "the host 127.0.0.1 redirects to another one";
    redirect("/away", "http://localhost:%d/file".formatted(server.getAddress().getPort()));
    redirect("/other", "ftp://127.0.0.1:%d/file".formatted(server.getAddress().getPort()));
    redirect("/mail", "mailto:someone@vendor.test");
    redirect("/nonsense", "::");
    assertFails(away, "/away");
    assertFails(away, "/other");
    assertFails(away, "/mail");
    assertFails("the host 127.0.0.1 redirects to nowhere", "/nonsense");
    assertEquals(List.of("/away", "/other", "/mail", "/nonsense"), asked);
  }

  @Test
  void endlessRedirectsEnd() {
    redirect("/round", "/round");
    assertFails("the host 127.0.0.1 redirects too often", "/round");
    assertEquals(4, asked.size());
  }

  @Test
  void anErrorIsAReason() {
    serve("/busy", exchange -> answer(exchange, 503, BODY));
    assertFails("the host 127.0.0.1 answers 503", "/busy");
    assertFails("the host 127.0.0.1 answers 404", "/missing?token=secret");
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() {
    serve("/mute", _ -> await());
    try (HttpDownload hasty = new HttpDownload(Duration.ofMillis(200), Duration.ofSeconds(60))) {
      assertThrows(IOException.class, () -> hasty.open(uri("/mute")));
    }
  }

  @Test
  void aBodyThatDoesNotEndIsGivenUp() throws IOException {
    serve(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(BODY);
          exchange.getResponseBody().flush();
          await();
        });
    try (HttpDownload hasty = new HttpDownload(Duration.ofSeconds(30), Duration.ofMillis(300));
        InputStream in = hasty.open(uri("/slow"))) {
      assertThrows(IOException.class, in::readAllBytes);
    }
  }

  @Test
  void aBodyThatBreaksOffIsAnError() throws IOException {
    serve(
        "/cut",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write(BODY);
          exchange.getResponseBody().flush();
        });
    try (InputStream in = download.open(uri("/cut"))) {
      assertThrows(IOException.class, in::readAllBytes);
    }
  }

  @Test
  void aServerThatIsAwayIsAnError() {
    URI away = uri("/file");
    server.stop(0);
    assertThrows(IOException.class, () -> download.open(away));
    assertTrue(asked.isEmpty());
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
