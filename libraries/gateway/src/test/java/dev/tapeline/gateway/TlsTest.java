package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.gateway.listen.accept.Transport;
import dev.tapeline.tls.LiveCertificate;
import dev.tapeline.tls.TestCertificate;
import dev.tapeline.tls.TlsFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports that speak TLS: who gets through, and what changes of the files do. */
class TlsTest {

  private static final Duration INTERVAL = Duration.ofMillis(20);

  private static TestCertificate first;
  private static TestCertificate second;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @TempDir Path folder;
  private LiveCertificate live;

  @BeforeAll
  static void make() {
    first = TestCertificate.of("first");
    second = TestCertificate.of("second", TestCertificate.RSA);
  }

  private TestGateway gateway(UnaryOperator<GatewayConfig.Builder> change) {
    return gateway(first.write(folder), change);
  }

  private TestGateway gateway(TlsFiles files, UnaryOperator<GatewayConfig.Builder> change) {
    live = new LiveCertificate(files, INTERVAL, meters);
    return new TestGateway(config -> change.apply(config).listener(it -> it.withTls(live)));
  }

  @AfterEach
  void close() {
    live.close();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void everyTransportSpeaksIt(Transport transport) {
    try (TestGateway gateway =
            gateway(config -> config.listener(it -> it.withTransport(transport)));
        TestClient client = client(gateway, first.trusting(), "TLSv1.3")) {
      client.subscribe("\"a\"");
      for (int i = 1; i <= 1000; i++) {
        gateway.publish("a", "" + i);
      }
      client.await(m -> m.path("seq").asLong(0) == 1000);
      assertEquals(1000, client.ofType("data").size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothVersionsAreSpoken(String version) {
    try (TestGateway gateway = gateway(config -> config);
        TestClient client = client(gateway, first.trusting(), version)) {
      client.subscribe("\"a\"");
    }
  }

  /**
   * The bytes that they share are encrypted for each of them, and are the next one's all the same.
   */
  @Test
  void slowAndFastClientsGetTheSame() {
    int messages = 2000;
    String filler = "x".repeat(2000);
    try (TestGateway gateway = gateway(config -> config.hub(it -> it.ringBytes(16 << 20)));
        RawClient slow = subscribed(gateway);
        RawClient slower = subscribed(gateway);
        TestClient fast = client(gateway, first.trusting(), "TLSv1.3")) {
      fast.subscribe("\"a\"");
      for (int n = 1; n <= messages; n++) {
        gateway.publish("a", "{\"n\":" + n + ",\"f\":\"" + filler + "\"}");
      }
      fast.await(m -> m.path("seq").asLong(0) == messages);
      List<String> all = fast.texts().subList(1, messages + 1);
      assertEquals(all, IntStream.range(0, messages).mapToObj(n -> slow.read()).toList());
      assertEquals(all, IntStream.range(0, messages).mapToObj(n -> slower.read()).toList());
      assertTrue(gateway.metric("tapeline.connections.blocked") >= 2);
    }
  }

  /** Its connection ends although it takes neither the close frame nor the end of TLS. */
  @Test
  void clientThatNeverReadsIsClosed() {
    String message = "{\"f\":\"" + "x".repeat(2000) + "\"}";
    try (TestGateway gateway =
            gateway(config -> config.clients(it -> it.withPingInterval(Duration.ofMillis(400))));
        RawClient never = subscribed(gateway)) {
      TestGateway.awaitTrue(() -> {
        gateway.publish("a", message);
        return gateway.gateway.clients() == 0;
      });
      assertEquals(1, gateway.metricOf("tapeline.connections.closed", "code", "4001"));
      assertTrue(never.isClosedByServer());
    }
  }

  private static RawClient subscribed(TestGateway gateway) {
    RawClient client =
        RawClient.overTls(gateway.port, 4096, first.trusting(), new byte[0]).upgraded("/ws");
    client.send("{\"action\":\"subscribe\",\"channels\":[\"a\"]}");
    assertTrue(client.read().contains("\"subscribed\""));
    return client;
  }

  @Test
  void newConnectionsGetTheNewCertificateAndOpenOnesGoOn() {
    try (TestGateway gateway = gateway(config -> config);
        TestClient open = client(gateway, first.trusting(), "TLSv1.3")) {
      open.subscribe("\"a\"");
      second.write(folder);
      TestGateway.awaitTrue(() -> count("tapeline.tls.reloads") == 1);
      assertEquals(second.certificate(), shown(gateway, second));
      assertEquals(
          second.certificate().getNotAfter().toInstant().getEpochSecond(),
          meters.get("tapeline.tls.certificate.expiry").gauge().value());
      gateway.publish("a", "1");
      open.awaitType("data");
    }
  }

  /** As Kubernetes does: the files are links into a folder that is itself a link. */
  @Test
  void linksThatAreSwappedAreFollowed() throws IOException {
    Path data = folder.resolve("..data");
    Files.createSymbolicLink(data, version("1", first));
    Path certificate =
        Files.createSymbolicLink(folder.resolve("tls.crt"), Path.of("..data", "tls.crt"));
    Path key = Files.createSymbolicLink(folder.resolve("tls.key"), Path.of("..data", "tls.key"));
    try (TestGateway gateway = gateway(new TlsFiles(certificate, key), config -> config)) {
      assertEquals(first.certificate(), shown(gateway, first));
      Path fresh = Files.createSymbolicLink(folder.resolve("..tmp"), version("2", second));
      Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
      TestGateway.awaitTrue(() -> count("tapeline.tls.reloads") == 1);
      assertEquals(second.certificate(), shown(gateway, second));
    }
  }

  private Path version(String name, TestCertificate certificate) throws IOException {
    Path versioned = Files.createDirectory(folder.resolve(name));
    certificate.write(versioned);
    return versioned;
  }

  @Test
  void filesThatMakeNoSenseChangeNothingAndAreCountedOnce() throws IOException {
    TlsFiles files = first.write(folder);
    try (TestGateway gateway = gateway(files, config -> config)) {
      Files.writeString(files.certificate(), second.certificatePem());
      TestGateway.awaitTrue(() -> count("tapeline.tls.reload.failures") == 1);
      assertEquals(first.certificate(), shown(gateway, first));
      Files.delete(files.key());
      TestGateway.awaitTrue(() -> count("tapeline.tls.reload.failures") == 2);
      assertEquals(first.certificate(), shown(gateway, first));
      second.write(folder);
      TestGateway.awaitTrue(() -> count("tapeline.tls.reloads") == 1);
      assertEquals(second.certificate(), shown(gateway, second));
      assertEquals(2, count("tapeline.tls.reload.failures"));
    }
  }

  @Test
  void plainRequestIsToldToSpeakTls() {
    try (TestGateway gateway = gateway(config -> config);
        RawClient plain = new RawClient(gateway.port, 0);
        RawClient nonsense = new RawClient(gateway.port, 0)) {
      plain.write(RawClient.upgrade("/ws", ""));
      assertTrue(plain.readHead().startsWith("HTTP/1.1 400"));
      assertTrue(plain.readToEnd().contains("use https:// or wss://"));
      nonsense.write("hello\r\n\r\n");
      assertTrue(nonsense.readHead().startsWith("HTTP/1.1 400"));
    }
  }

  @Test
  void handshakeOnAPlainPortEndsTheConnection() {
    live = new LiveCertificate(first.write(folder), INTERVAL, meters);
    try (TestGateway gateway = new TestGateway(config -> config)) {
      UncheckedIOException lost =
          assertThrows(
              UncheckedIOException.class,
              () -> RawClient.overTls(gateway.port, 0, first.trusting(), new byte[0]));
      assertTrue(lost.getCause() instanceof SSLException, lost.toString());
      TestGateway.awaitTrue(() -> gateway.metric("tapeline.connections.refused") == 1);
    }
  }

  @Test
  void clientThatDoesNotTrustTheCertificateIsCounted() {
    try (TestGateway gateway = gateway(config -> config)) {
      assertThrows(
          UncheckedIOException.class,
          () -> RawClient.overTls(gateway.port, 0, second.trusting(), new byte[0]));
      TestGateway.awaitTrue(() -> count("tapeline.tls.handshake.failures") == 1);
    }
  }

  @Test
  void addressInAProxyHeaderBeforeTlsIsTheClients() {
    try (TestGateway gateway =
            gateway(config ->
                config
                    .http(it -> it.withTrustedProxies(List.of("127.0.0.1")))
                    .connections(it -> it.withMaxPerAddress(1)));
        RawClient one = proxied(gateway, "10.1.1.1");
        RawClient other = proxied(gateway, "10.1.1.2")) {
      one.write(RawClient.upgrade("/ws", ""));
      assertTrue(one.readHead().startsWith("HTTP/1.1 101"));
      other.write(RawClient.upgrade("/ws", ""));
      assertTrue(other.readHead().startsWith("HTTP/1.1 101"));
      assertThrows(UncheckedIOException.class, () -> proxied(gateway, "10.1.1.1"));
      gateway.awaitClients(2);
    }
  }

  private static RawClient proxied(TestGateway gateway, String address) {
    return RawClient.overTls(gateway.port, 0, first.trusting(), ProxyBytes.v1("TCP4", address));
  }

  /** The first bytes of a client's handshake, and no more; the same behind a whole handshake. */
  @Test
  void handshakeThatStopsHalfWayIsEnded() {
    byte[] hello = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};
    try (TestGateway gateway =
            gateway(config -> config.http(it -> it.withHandshakeTimeout(Duration.ofMillis(500))));
        RawClient silent = new RawClient(gateway.port, 0);
        RawClient stuck = new RawClient(gateway.port, 0);
        RawClient whole = RawClient.overTls(gateway.port, 0, first.trusting(), new byte[0])) {
      stuck.write(hello);
      whole.write("GET /ws HTT");
      assertTrue(silent.isClosedByServer());
      assertTrue(stuck.isClosedByServer());
      assertTrue(whole.readHead().startsWith("HTTP/1.1 408"));
    }
  }

  @Test
  void limitOfConnectionsHoldsBeforeTlsIsAgreedOn() {
    try (TestGateway gateway = gateway(config -> config.connections(it -> it.withMax(1)));
        RawClient one = RawClient.overTls(gateway.port, 0, first.trusting(), new byte[0]);
        RawClient other = new RawClient(gateway.port, 0)) {
      assertTrue(other.isClosedByServer());
      one.write(RawClient.upgrade("/ws", ""));
      assertTrue(one.readHead().startsWith("HTTP/1.1 101"));
    }
  }

  /** What is written meanwhile would wait without a bound. */
  @Test
  void clientsCanNotRenegotiate() throws IOException {
    try (TestGateway gateway = gateway(config -> config);
        SSLSocket socket =
            (SSLSocket)
                first.trusting().getSocketFactory().createSocket("127.0.0.1", gateway.port)) {
      socket.setSoTimeout(10_000);
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      socket.startHandshake();
      SSLException refused = assertThrows(SSLException.class, () -> socket.getInputStream().read());
      assertTrue(refused.getMessage().contains("handshake_failure"), refused.toString());
    }
  }

  private double count(String name) {
    return meters.get(name).functionCounter().count();
  }

  private static Certificate shown(TestGateway gateway, TestCertificate trusted) {
    try (RawClient client = RawClient.overTls(gateway.port, 0, trusted.trusting(), new byte[0])) {
      return client.peerCertificate();
    }
  }

  private static TestClient client(TestGateway gateway, SSLContext trust, String version) {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {version});
    HttpClient http = HttpClient.newBuilder().sslContext(trust).sslParameters(parameters).build();
    return new TestClient(http, URI.create("wss://127.0.0.1:" + gateway.port + "/ws"));
  }
}
