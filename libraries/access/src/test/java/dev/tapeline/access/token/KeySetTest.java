package dev.tapeline.access.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that can't be used, between others that can. */
class KeySetTest {

  private static String rsa;
  private static String ec;

  @BeforeAll
  static void makeKeys() throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID("rsa").generate().toPublicJWK().toString();
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate().toPublicJWK().toString();
  }

  private static KeySet between(String odd) throws ParseException {
    return KeySet.parse("{\"keys\":[%s,%s,%s]}".formatted(rsa, odd, ec));
  }

  private static void assertLeftOut(String odd, String name, String reason) throws ParseException {
    KeySet set = between(odd);
    assertEquals(List.of("rsa", "ec"), ids(set));
    assertEquals(1, set.leftOut().size(), set.leftOut()::toString);
    String text = set.leftOut().getFirst();
    assertTrue(text.startsWith(name) && text.contains(reason), text);
  }

  private static List<String> ids(KeySet set) {
    return set.usable().stream().map(key -> key.jwk().getKeyID()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kid':'odd','kty':'EC','crv':'P-999','x':'AQ','y':'AQ'}",
        "{'kid':'odd','kty':'EC','crv':'P-256','x':'AQ','y':'AQ'}",
        "{'kid':'odd','kty':'EC','crv':'P-256','x':'AQ'}",
        "{'kid':'odd','kty':'OKP','crv':'Ed448','x':'AQ'}",
        "{'kid':'odd','kty':'OKP','crv':'X25519','x':'AQ'}",
        "{'kid':'odd','kty':'OKP','crv':'Ed25519','x':'AQ'}",
        "{'kid':'odd','kty':'OKP','crv':'Ed25519','x':'AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}",
        "{'kid':'odd','kty':'RSA','e':'AQAB'}",
        "{'kid':'odd','kty':'RSA','n':7,'e':'AQAB'}",
        "{'kid':'odd','kty':'oct','k':'AQ'}",
        "{'kid':'odd','kty':'XX'}",
        "{'kid':'odd','kty':7}",
        "{'kid':'odd','kty':null}",
        "{'kid':'odd'}",
      })
  void aKeyThatIsNotUnderstoodIsLeftOut(String odd) throws Exception {
    assertLeftOut(odd.replace('\'', '"'), "odd: ", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "[]", "\"text\"", "{}"})
  void whatIsNoKeyIsLeftOut(String odd) throws Exception {
    assertLeftOut(odd, "number 2, without a kid: ", "");
  }

  @Test
  void aKeyIdThatIsNoTextIsLeftOut() throws Exception {
    assertLeftOut(with(rsa, "\"kid\":7"), "7: ", "");
  }

  /** The key with another member in front of its own, without its key id. */
  private static String with(String key, String member) {
    return key.replaceFirst("\"kid\":\"[a-z]+\",?", "").replaceFirst("\\{", "{" + member + ",");
  }

  @Test
  void anotherCurveAndASmallKeyAreNamed() throws Exception {
    ECKey larger = new ECKeyGenerator(Curve.P_384).keyID("odd").generate();
    assertLeftOut(larger.toPublicJWK().toString(), "odd: ", "P-384");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    RSAKey small =
        new RSAKey.Builder((RSAPublicKey) generator.generateKeyPair().getPublic())
            .keyID("odd")
            .build();
    assertLeftOut(small.toString(), "odd: ", "2048");
  }

  @Test
  void aBrokenCertificateAndAContradictionAreLeftOut() throws Exception {
    assertLeftOut(with(rsa, "\"kid\":\"odd\",\"x5c\":[\"AAAA\"]"), "odd: ", "");
    assertLeftOut(with(rsa, "\"kid\":\"odd\",\"x5c\":[null]"), "odd: ", "");
    assertLeftOut(
        with(rsa, "\"kid\":\"odd\",\"use\":\"enc\",\"key_ops\":[\"verify\"]"), "odd: ", "");
  }

  @Test
  void keysForOtherThingsArePassedOver() throws Exception {
    for (String member :
        List.of("\"use\":\"enc\"", "\"key_ops\":[\"encrypt\"]", "\"alg\":\"RS512\"")) {
      KeySet set = between(with(rsa, "\"kid\":\"other\"," + member));
      assertEquals(List.of("rsa", "ec"), ids(set));
      assertEquals(List.of(), set.leftOut());
    }
  }

  @Test
  void whatALogGetsIsOneShortLine() throws Exception {
    String id = "a\\nb" + "x".repeat(500);
    KeySet set = between("{\"kty\":\"XX\",\"kid\":\"%s\"}".formatted(id));
    String text = set.leftOut().getFirst();
    assertTrue(text.startsWith("a?bxxx") && text.length() < 300, text);
  }

  @Test
  void whatIsNoSetIsNone() {
    for (String text : List.of("", "null", "[]", "{}", "{\"keys\":{}}", "{\"keys\":null}")) {
      assertThrows(ParseException.class, () -> KeySet.parse(text), text);
    }
  }
}
