package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.redis.RealRedis;
import dev.tapeline.server.compose.Tapeline;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.tls.TestCertificate;
import dev.tapeline.tls.TlsFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A whole server whose ports speak TLS, and the commands that talk to it. */
class TlsServerTest {

  private static final String KEY = "a-key-for-the-tests";

  private static TestCertificate certificate;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void make() {
    certificate = TestCertificate.of("server");
  }

  private Settings settings(Map<String, String> more) {
    TlsFiles files = certificate.write(folder);
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "TAPELINE_BIND_HOST", "127.0.0.1",
                "TAPELINE_API_PORT", "0",
                "REDIS_WS_GATEWAY_PORT", "0",
                "TAPELINE_REST_RATE_BURST", "100000",
                "GATEWAY_API_KEY", KEY,
                "TLS_CERT", files.certificate().toString(),
                "TLS_KEY", files.key().toString()));
    all.putAll(more);
    return Settings.load(all, Map.of());
  }

  private Tapeline start() {
    return Tapeline.start(settings(Map.of()), List.of());
  }

  private int run(String... args) {
    CommandLine line = Commands.line();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void tailSeesWhatPublishSends() throws Exception {
    try (Tapeline tapeline = start()) {
      String url = "https://127.0.0.1:" + tapeline.ports().getFirst();
      String ca = folder.resolve("tls.crt").toString();
      CompletableFuture<Integer> tail =
          CompletableFuture.supplyAsync(
              () -> run("tail", "--url", url, "--ca", ca, "--count", "1", "test:*"));
      while (!tail.isDone()) {
        assertEquals(
            0, run("publish", "--url", url, "--ca", ca, "--key", KEY, "test:one", "{\"p\":1}"));
      }
      assertEquals(0, tail.get(10, TimeUnit.SECONDS));
      assertTrue(out.toString().contains("test:one "), out.toString());
    }
  }

  @Test
  void certificateOfOnesOwnIsTrustedOnlyWithTheOption() {
    try (Tapeline tapeline = start()) {
      String url = "https://127.0.0.1:" + tapeline.ports().getFirst();
      assertEquals(1, run("publish", "--url", url, "--key", KEY, "a", "1"));
      assertTrue(err.toString().contains("SSLHandshakeException"), err.toString());
      String none = folder.resolve("none").toString();
      assertEquals(2, run("publish", "--url", url, "--ca", none, "--key", KEY, "a", "1"));
      assertTrue(err.toString().contains("--ca: '" + none + "'"), err.toString());
    }
  }

  /** The body comes in its own TLS records, before the relay is ready for them. */
  @Test
  void pagesAndCallsAreRelayed() throws Exception {
    try (Tapeline tapeline = start();
        HttpClient client = HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
      String url = "https://127.0.0.1:" + tapeline.ports().getFirst();
      String body = "{\"channel\":\"a\",\"data\":\"" + "x".repeat(200_000) + "\"}";
      for (int i = 0; i < 20; i++) {
        HttpRequest publish =
            HttpRequest.newBuilder(URI.create(url + "/api/v1/publish"))
                .header("Authorization", "Bearer " + KEY)
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(publish, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        HttpRequest page = HttpRequest.newBuilder(URI.create(url + "/")).build();
        assertEquals(200, client.send(page, BodyHandlers.ofString()).statusCode());
      }
    }
  }

  @Test
  void headAndBodyInOneGoAreRelayedAndTheConnectionIsUpgradedLater() throws Exception {
    try (Tapeline tapeline = start();
        SSLSocket socket = socket(tapeline.ports().getFirst())) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String body = "{\"channel\":\"a\",\"data\":1}";
      write(
          socket,
          "POST /api/v1/publish HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + KEY
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n");
      write(socket, body);
      assertEquals("HTTP/1.1 200 OK", in.readLine());
      int length = 0;
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        length =
            line.startsWith("Content-Length: ") ? Integer.parseInt(line.substring(16)) : length;
      }
      assertEquals(length, in.read(new char[length]));
      write(
          socket,
          "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
      assertEquals("HTTP/1.1 101 Switching Protocols", in.readLine());
    }
  }

  private static SSLSocket socket(int port) throws IOException {
    SSLSocket socket =
        (SSLSocket) certificate.trusting().getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void write(SSLSocket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void processWithoutAGatewaySpeaksItTooAndTakesANewCertificate() throws Exception {
    try (RealRedis redis = RealRedis.running();
        Tapeline tapeline =
            Tapeline.start(
                settings(
                    Map.of("TAPELINE_ROLE", "api", "REDIS_URL", "" + redis.settings().address())),
                List.of())) {
      int port = tapeline.ports().getFirst();
      assertEquals(certificate.certificate(), shown(port));
      certificate = TestCertificate.of("renewed");
      certificate.write(folder);
      while (!shows(port)) {
        Thread.onSpinWait();
      }
    }
  }

  private static boolean shows(int port) throws IOException {
    try {
      return certificate.certificate().equals(shown(port));
    } catch (javax.net.ssl.SSLHandshakeException e) {
      return false; // the old one, which is not trusted now
    }
  }

  private static Certificate shown(int port) throws IOException {
    try (SSLSocket socket = socket(port)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void doctorTellsOfACertificateThatEnds() throws IOException {
    TlsFiles files = certificate.write(folder);
    Instant end = files.load().expires();
    assertEquals(
        dev.tapeline.core.Finding.Level.OK,
        TlsChecks.check(files, end.minusSeconds(15 * 86_400)).level());
    assertEquals(
        dev.tapeline.core.Finding.Level.WARN, TlsChecks.check(files, end.plusSeconds(1)).level());
    Files.delete(files.key());
    assertEquals(dev.tapeline.core.Finding.Level.FAIL, TlsChecks.check(files, end).level());
  }
}
