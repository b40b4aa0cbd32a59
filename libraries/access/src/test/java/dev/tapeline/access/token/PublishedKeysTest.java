package dev.tapeline.access.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
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
import com.nimbusds.jwt.JWTClaimsSet;
import dev.tapeline.core.Finding;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that are signed with keys whose public halves are at an address. */
class PublishedKeysTest {

  private static final Map<String, RSAKey> MADE = new ConcurrentHashMap<>();

  private KeyServer server;
  private PublishedKeys keys;
  private TokenVerifier verifier;

  @BeforeEach
  void start() {
    take(KeyServer.started());
  }

  private void take(KeyServer from) {
    server = from;
    keys = new PublishedKeys(server.address());
    verifier =
        new TokenVerifier(
            keys,
            new TokenVerifier.Expected(null, null, "user", TokenVerifier.SKEW),
            Clock.systemUTC());
  }

  private void away() {
    server.close();
    take(KeyServer.away());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static JWSHeader header(JWSAlgorithm algorithm, String key) {
    return new JWSHeader.Builder(algorithm).keyID(key).build();
  }

  /** An RSA key; each is made once, because that takes long. */
  private static RSAKey rsa(String id) {
    return MADE.computeIfAbsent(id, PublishedKeysTest::make);
  }

  private static RSAKey make(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
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
    return byEdwards(key, header, Tokens.claims(subject));
  }

  private static String byEdwards(KeyPair key, String header, JWTClaimsSet.Builder claims)
      throws Exception {
    String signed = Base64URL.encode(header) + "." + Base64URL.encode(claims.build().toString());
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64URL.encode(signature.sign());
  }

  private void assertIsOf(String subject, String token) {
    try {
      assertEquals(subject, verifier.verify(token).subject());
    } catch (UnavailableException e) {
      fail(keys.problem().orElse("no problem, but " + e.getMessage()), e);
    }
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
    server.publish(
        new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK(), publicHalf(edwards, "d"))));
    assertIsOf("u1", byRsa(rsa));
    assertIsOf(
        "u2",
        Tokens.signed(Tokens.claims("u2"), header(JWSAlgorithm.ES256, "e"), new ECDSASigner(ec)));
    String good = byEdwards(edwards, "d", "u3");
    assertIsOf("u3", good);
    String[] parts = good.split("\\.", -1);
    String[] others = byEdwards(edwards, "d", "u4").split("\\.", -1);
    assertRefused(parts[0] + "." + others[1] + "." + parts[2], "signature");
    assertEquals(1, server.asked());
  }

  @Test
  void aNewKeyIsFetchedWhenATokenNamesIt() throws Exception {
    RSAKey first = rsa("1");
    RSAKey second = rsa("2");
    server.publish(new JWKSet(first.toPublicJWK()));
    assertIsOf("u1", byRsa(first));
    server.publish(new JWKSet(second.toPublicJWK()));
    assertIsOf("u1", byRsa(second));
    assertRefused(byRsa(first), "signature");
  }

  @Test
  void aPublicKeyIsNoSecret() throws Exception {
    RSAKey key = rsa("r");
    server.publish(new JWKSet(key.toPublicJWK()));
    String forged = Tokens.signed(Tokens.claims("admin"), key.toRSAPublicKey().getEncoded());
    assertRefused(forged, "signed with one of");
    assertEquals(0, server.asked());
  }

  @Test
  void aKeyIdIsOnlyLookedUp() throws Exception {
    server.publish(new JWKSet(rsa("r").toPublicJWK()));
    assertRefused(byRsa(rsa("../../etc/passwd")), "signature");
    assertTrue(server.asked() <= 2, () -> "asked " + server.asked());
  }

  /**
   * Unknown keys that are not fetched may exist already, so their tokens are not refused for good.
   */
  @Test
  void manyUnknownKeysDoNotMeanManyFetches() throws Exception {
    RSAKey real = rsa("r");
    String[] parts = byRsa(real).split("\\.", -1);
    server.publish(new JWKSet(real.toPublicJWK()));
    for (int i = 0; i < 50; i++) {
      JWSHeader unknown = header(JWSAlgorithm.RS256, "unknown" + i);
      String token = unknown.toBase64URL() + "." + parts[1] + "." + parts[2];
      if (i < 2) {
        assertRefused(token, "not published");
      } else {
        assertUnavailable(token, "not known yet");
      }
    }
    assertIsOf("u1", byRsa(real));
    assertTrue(server.asked() <= 4, () -> "asked " + server.asked());
    assertEquals(48, keys.unchecked().sum());
  }

  private void assertUnavailable(String token, String reason) {
    UnavailableException now =
        assertThrows(UnavailableException.class, () -> verifier.verify(token));
    assertTrue(String.valueOf(now.getMessage()).contains(reason), now::getMessage);
  }

  @Test
  void whileTheProviderIsAwayNobodyIsRefused() throws Exception {
    away();
    RSAKey key = rsa("r");
    assertUnavailable(byRsa(key), "can't be read now");
    assertTrue(keys.problem().orElseThrow().contains("no connection"), keys.problem()::toString);
    server.publish(new JWKSet(key.toPublicJWK()));
    server.start();
    assertIsOf("u1", byRsa(key));
    assertEquals(Optional.empty(), keys.problem());
    assertEquals(1, server.asked());
  }

  @Test
  void aProviderThatAnswersNonsenseIsAway() throws Exception {
    RSAKey key = rsa("r");
    for (String text : List.of("", "<html>", "{\"keys\":[]}")) {
      server.publish(text);
      assertUnavailable(byRsa(key), "can't be read now");
    }
    server.publish(new JWKSet(key.toPublicJWK()));
    assertIsOf("u1", byRsa(key));
  }

  @Test
  void aNewKeyThatCantBeFetchedIsNotWrong() throws Exception {
    RSAKey first = rsa("1");
    RSAKey second = rsa("2");
    server.publish(new JWKSet(first.toPublicJWK()));
    assertIsOf("u1", byRsa(first));
    server.answer(exchange -> exchange.sendResponseHeaders(500, -1));
    for (int i = 0; i < 3; i++) {
      assertUnavailable(byRsa(second), "not known yet");
    }
    assertIsOf("u1", byRsa(first));
    assertTrue(keys.problem().orElseThrow().contains("the last keys stay valid"));
    server.publish(new JWKSet(List.of(first.toPublicJWK(), second.toPublicJWK())));
    server.answerAgain();
    assertIsOf("u1", byRsa(second));
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    RSAKey key = rsa("r");
    try (KeyServer elsewhere = KeyServer.started()) {
      elsewhere.publish(new JWKSet(key.toPublicJWK()));
      server.answer(exchange -> {
        exchange.getResponseHeaders().add("Location", elsewhere.address().toString());
        exchange.sendResponseHeaders(302, -1);
      });
      assertUnavailable(byRsa(key), "can't be read now");
      assertEquals(0, elsewhere.asked());
      assertTrue(keys.problem().orElseThrow().contains("302"), keys.problem()::toString);
    }
  }

  /** Each byte comes in time, but the whole answer does not. */
  @Test
  void aDrippingAnswerEnds() throws Exception {
    server.answer(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      while (!Thread.currentThread().isInterrupted()) {
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
        LockSupport.parkNanos(100_000_000);
      }
    });
    assertUnavailable(byRsa(rsa("r")), "can't be read now");
    assertTrue(keys.problem().orElseThrow().contains("within 5 s"), keys.problem()::toString);
  }

  @Test
  void anAnswerWithoutEndEnds() throws Exception {
    byte[] much = new byte[1 << 16];
    server.answer(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      for (int i = 0; i < 100; i++) {
        exchange.getResponseBody().write(much);
      }
    });
    assertUnavailable(byRsa(rsa("r")), "can't be read now");
    assertTrue(keys.problem().orElseThrow().contains("longer"), keys.problem()::toString);
  }

  @Test
  void aHeaderThatMustBeUnderstoodIsForEachKind() throws Exception {
    RSAKey rsa = rsa("r");
    ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
    KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    server.publish(
        new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK(), publicHalf(edwards, "d"))));
    assertRefused(critical(JWSAlgorithm.RS256, "r", new RSASSASigner(rsa)), "signature");
    assertRefused(critical(JWSAlgorithm.ES256, "e", new ECDSASigner(ec)), "signature");
    String header = "{\"alg\":\"EdDSA\",\"kid\":\"d\",\"crit\":[\"exp\"],\"exp\":1}";
    assertRefused(byEdwards(edwards, header, Tokens.claims("u1")), "signature");
  }

  private static String critical(JWSAlgorithm algorithm, String key, JWSSigner signer) {
    JWSHeader header =
        new JWSHeader.Builder(algorithm)
            .keyID(key)
            .criticalParams(Set.of("exp"))
            .customParam("exp", 1)
            .build();
    return Tokens.signed(Tokens.claims("u1"), header, signer);
  }

  @Test
  void aFindingTellsWhetherTheKeysAreThere() throws Exception {
    server.publish(
        "{\"keys\":[%s,{\"kid\":\"odd\",\"kty\":\"XX\"}]}".formatted(rsa("r").toPublicJWK()));
    assertEquals(
        List.of(Finding.Level.OK, Finding.Level.WARN),
        keys.check().stream().map(Finding::level).toList());
    away();
    assertEquals(Finding.Level.FAIL, keys.check().getFirst().level());
  }
}
