package dev.tapeline.redis.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus.State;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisSentinelBuilder;

/** The bus over TLS, with a certificate that is made for this test and names 127.0.0.1 alone. */
@Isolated("the trust store is the JVM's")
class RedisTlsTest {

  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final String PASSWORD = "changeit";

  @TempDir private static Path dir;
  private static int port;
  private static RealRedis redis;

  private final BusRecorder recorder = new BusRecorder();

  @BeforeAll
  static void startRedis() throws Exception {
    makeCertificate();
    port = RealRedis.freePort();
    redis = RealRedis.running(tls(port).toArray(String[]::new));
  }

  private static List<String> tls(int at) {
    return List.of(
        "tls-port " + at,
        "tls-auth-clients no",
        "tls-replication yes",
        "tls-cert-file " + dir.resolve("cert.pem"),
        "tls-key-file " + dir.resolve("key.pem"),
        "tls-ca-cert-file " + dir.resolve("cert.pem"));
  }

  private static void makeCertificate() throws Exception {
    Path store = dir.resolve("store.p12");
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "redis",
            "-keyalg",
            "EC",
            "-dname",
            "CN=redis",
            "-ext",
            "SAN=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD)
        .inheritIO()
        .start()
        .waitFor();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    write("cert.pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
    write("key.pem", "PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("redis", keys.getCertificate("redis"));
    try (var out = Files.newOutputStream(dir.resolve("trusted.p12"))) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  private static void write(String file, String type, byte[] content) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        dir.resolve(file), "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(type, text));
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @AfterEach
  void trustAsUsual() {
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_PASSWORD);
  }

  private static void trustTheCertificate() {
    System.setProperty(TRUST_STORE, dir.resolve("trusted.p12").toString());
    System.setProperty(TRUST_PASSWORD, PASSWORD);
  }

  @Test
  void aTrustedServerCarriesMessagesOfEverySize() {
    trustTheCertificate();
    assertCarries("rediss://127.0.0.1:" + port);
  }

  @Test
  void theNodesOfAClusterAreTrustedToo() {
    trustTheCertificate();
    int secure = RealRedis.freePort();
    List<String> settings = new ArrayList<>(tls(secure));
    settings.addAll(
        List.of(
            "tls-cluster yes",
            "cluster-enabled yes",
            "cluster-config-file nodes.conf",
            "cluster-port " + RealRedis.freePort()));
    try (RealRedis node = RealRedis.running(settings.toArray(String[]::new))) {
      node.ask("CLUSTER ADDSLOTSRANGE 0 16383");
      Await.until(() -> node.ask("CLUSTER INFO").contains("cluster_state:ok"));
      assertCarries("rediss://127.0.0.1:%d,".formatted(secure));
    }
  }

  @Test
  void sentinelsAndTheirMasterAreTrustedToo() {
    trustTheCertificate();
    int secure = RealRedis.freePort();
    RedisSentinelBuilder builder =
        RedisSentinel.builder()
            .port(RealRedis.freePort())
            .bind("127.0.0.1")
            .masterPort(port)
            .quorumSize(1);
    builder.addDefaultReplicationGroup();
    tls(secure).forEach(builder::setting);
    AtomicReference<RedisSentinel> sentinel = new AtomicReference<>();
    RealRedis.start(() -> sentinel.updateAndGet(_ -> builder.build()));
    try {
      assertCarries("rediss-sentinel://127.0.0.1:%d#mymaster".formatted(secure));
    } finally {
      sentinel.get().stop();
    }
  }

  private void assertCarries(String url) {
    try (RedisConnector connector = RedisConnectors.of(RedisSettings.parse(url));
        RedisBus bus = new RedisBus(connector)) {
      bus.start(recorder);
      bus.subscribe(Selector.parse("a"));
      recorder.await(() -> recorder.subscribed().equals(List.of("a")));
      String large = "x".repeat(1 << 20);
      bus.publish(List.of(Publication.of("a", "1"), Publication.of("a", large)));
      recorder.awaitPublications(2);
      assertEquals(List.of("a 1", "a " + large), recorder.texts());
    }
  }

  @Test
  void aServerThatNobodyVouchesForIsRefused() {
    assertRefused("127.0.0.1", port, "PKIX path building failed");
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    trustTheCertificate();
    assertRefused("localhost", port, "localhost");
  }

  @Test
  void aServerWithoutTlsIsToldApart() {
    assertRefused("127.0.0.1", redis.port(), "redis:// is for a server without TLS");
  }

  private void assertRefused(String host, int at, String reason) {
    try (RedisConnector connector = connectorTo(host, at);
        RedisBus bus = new RedisBus(connector)) {
      bus.start(recorder);
      recorder.await(() -> recorder.states().equals(List.of(State.DOWN)));
      assertTrue(bus.problem().startsWith("no TLS with " + host), bus::problem);
      assertTrue(bus.problem().contains(reason), bus::problem);
    }
  }

  private static RedisConnector connectorTo(String host, int at) {
    return RedisConnectors.of(RedisSettings.parse("rediss://%s:%d".formatted(host, at)));
  }
}
