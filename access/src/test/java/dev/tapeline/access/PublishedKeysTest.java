package dev.tapeline.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that are signed with keys whose public halves an address gives. */
class PublishedKeysTest {

  private final AtomicInteger asked = new AtomicInteger();
  private volatile JWKSet published = new JWKSet();
  private HttpServer server;
  private TokenVerifier verifier;

  @BeforeEach
  void publish() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = published.toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI address = URI.create("http://127.0.0.1:%d/keys".formatted(server.getAddress().getPort()));
    verifier =
        new TokenVerifier(
            new TokenKeys.Published(address.toURL()),
            new TokenVerifier.Expected(
                Optional.empty(), Optional.empty(), "user", TokenVerifier.SKEW),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static JWSHeader header(JWSAlgorithm algorithm, String key) {
    return new JWSHeader.Builder(algorithm).keyID(key).build();
  }

  private static RSAKey rsa(String id) throws Exception {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  private static String byRsa(RSAKey key) throws Exception {
    return Tokens.signed(
        Tokens.claims("u1"), header(JWSAlgorithm.RS256, key.getKeyID()), new RSASSASigner(key));
  }

  private static JWK publicHalf(KeyPair edwards, String id) {
    byte[] encoded = edwards.getPublic().getEncoded();
    byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).keyID(id).build();
  }

  private static String byEdwards(KeyPair key, String id, String subject) throws Exception {
    String header = "{\"alg\":\"EdDSA\",\"kid\":\"%s\"}".formatted(id);
    String claims = Tokens.claims(subject).build().toString();
    String signed = Base64URL.encode(header) + "." + Base64URL.encode(claims);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64URL.encode(signature.sign());
  }

  private void assertIsOf(String subject, String token) {
    assertEquals(Optional.of(subject), verifier.verify(token).subject());
  }

  private void assertRefused(String token, String reason) {
    RefusedException refused = assertThrows(RefusedException.class, () -> verifier.verify(token));
    assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused::getMessage);
  }

  @Test
  void rsaAndEllipticAndEdwardsCurvesCount() throws Exception {
    RSAKey rsa = rsa("r");
    ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
    KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    published = new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK(), publicHalf(edwards, "d")));
    assertIsOf("u1", byRsa(rsa));
    assertIsOf(
        "u2",
        Tokens.signed(Tokens.claims("u2"), header(JWSAlgorithm.ES256, "e"), new ECDSASigner(ec)));
    String good = byEdwards(edwards, "d", "u3");
    assertIsOf("u3", good);
    String[] parts = good.split("\\.", -1);
    String[] others = byEdwards(edwards, "d", "u4").split("\\.", -1);
    assertRefused(parts[0] + "." + others[1] + "." + parts[2], "signature");
    assertEquals(1, asked.get());
  }

  @Test
  void aNewKeyIsFetchedWhenATokenNamesIt() throws Exception {
    RSAKey first = rsa("1");
    RSAKey second = rsa("2");
    published = new JWKSet(first.toPublicJWK());
    assertIsOf("u1", byRsa(first));
    published = new JWKSet(second.toPublicJWK());
    assertIsOf("u1", byRsa(second));
    assertRefused(byRsa(first), "signature");
  }

  @Test
  void aPublicKeyIsNoSecret() throws Exception {
    RSAKey key = rsa("r");
    published = new JWKSet(key.toPublicJWK());
    String forged = Tokens.signed(Tokens.claims("admin"), key.toRSAPublicKey().getEncoded());
    assertRefused(forged, "signed with one of");
    assertEquals(0, asked.get());
  }

  @Test
  void aKeyIdIsOnlyLookedUp() throws Exception {
    published = new JWKSet(rsa("r").toPublicJWK());
    assertRefused(byRsa(rsa("../../etc/passwd")), "signature");
    assertTrue(asked.get() <= 2, () -> "asked " + asked);
  }

  @Test
  void manyUnknownKeysDoNotMeanManyFetches() throws Exception {
    RSAKey own = rsa("x");
    published = new JWKSet(rsa("r").toPublicJWK());
    for (int i = 0; i < 50; i++) {
      JWSHeader unknown = header(JWSAlgorithm.RS256, "unknown" + i);
      assertRefused(Tokens.signed(Tokens.claims("u1"), unknown, new RSASSASigner(own)), "");
    }
    assertTrue(asked.get() <= 4, () -> "asked " + asked);
  }
}
