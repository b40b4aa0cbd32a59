package dev.tapeline.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Selector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles and their rules, from the file to the answer. */
class PermissionsTest {

  private static final String NO_HASH = "0".repeat(64);
  private static final String FILE =
      """
      roles:
        trader:
          subscribe: {allow: ["market:*", "engine:*", "positions:*", "orders:{sub}"], deny: ["engine:secret:*"]}
          history: {allow: ["trade@*"]}
          limits: {channels: 200, wildcards: 0}
      keys:
        - {name: bot, sha256: %s, role: trader, subject: u1}
      """
          .formatted(HexFormat.of().formatHex(ApiKey.hash("the key")));

  @TempDir private Path folder;

  private Policy policy(String text) {
    try {
      return PolicyFile.read(Files.writeString(folder.resolve("access.yaml"), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Identity u1(String role) {
    return new Identity(Optional.of("u1"), role, Optional.empty());
  }

  private static boolean may(Permissions permissions, Verb verb, String selector) {
    return permissions.refusal(verb, Selector.parse(selector)).isEmpty();
  }

  @Test
  void aRoleMayWhatIsAllowedAndNotDenied() {
    Permissions trader = policy(FILE).of(u1("trader"));
    assertTrue(may(trader, Verb.SUBSCRIBE, "market:tick:NIFTY"));
    assertTrue(may(trader, Verb.SUBSCRIBE, "engine:signal:X"));
    assertFalse(may(trader, Verb.SUBSCRIBE, "engine:secret:X"));
    assertFalse(may(trader, Verb.SUBSCRIBE, "trade@X"));
    assertTrue(may(trader, Verb.SUBSCRIBE, "orders:u1"));
    assertFalse(may(trader, Verb.SUBSCRIBE, "orders:u2"));
    assertTrue(may(trader, Verb.HISTORY, "trade@X"));
    assertFalse(may(trader, Verb.HISTORY, "market:tick:NIFTY"));
    assertEquals(200, trader.limits().channels().orElseThrow());
    assertEquals(0, trader.limits().wildcards().orElseThrow());
  }

  @Test
  void aPatternIsRefusedOnlyIfNothingOfItIsAllowed() {
    Permissions trader = policy(FILE).of(u1("trader"));
    assertTrue(may(trader, Verb.SUBSCRIBE, "*"));
    assertTrue(may(trader, Verb.SUBSCRIBE, "engine:*"));
    assertFalse(may(trader, Verb.SUBSCRIBE, "engine:secret:a*"));
    assertFalse(may(trader, Verb.SUBSCRIBE, "candles:*"));
  }

  @Test
  void positionsAndAlertsAreTheirOwnersAlone() {
    Policy policy = policy(FILE);
    Permissions trader = policy.of(u1("trader"));
    Permissions admin = policy.of(u1(Policy.ADMIN));
    for (Permissions some : List.of(trader, admin)) {
      assertTrue(may(some, Verb.SUBSCRIBE, "positions:u1"));
      assertFalse(may(some, Verb.SUBSCRIBE, "positions:u2"));
      assertTrue(may(some, Verb.SUBSCRIBE, "positions:*"));
      assertFalse(some.may(Verb.SUBSCRIBE, "positions:u2"));
      assertFalse(may(some, Verb.SUBSCRIBE, "positions:u2*"));
      assertFalse(may(some, Verb.SUBSCRIBE, "alerts:u11"));
    }
    Permissions anybody = policy.of(Identity.anybody(Policy.USER));
    assertFalse(may(anybody, Verb.SUBSCRIBE, "positions:u1"));
    assertFalse(may(anybody, Verb.HISTORY, "alerts:u1"));
    assertFalse(may(anybody, Verb.SUBSCRIBE, "alerts:*"));
    assertTrue(may(anybody, Verb.SUBSCRIBE, "*"));
  }

  @Test
  void keysAreKnownByTheirHash() {
    Policy policy = policy(FILE).withAdminKey("the administrator's key");
    assertEquals(Optional.of("u1"), policy.ownerOf("the key").orElseThrow().subject());
    assertEquals(Optional.empty(), policy.ownerOf("another key"));
    assertEquals(Policy.ADMIN, policy.ownerOf("the administrator's key").orElseThrow().role());
  }

  @Test
  void rulesWithoutEffectAreFound() {
    Policy policy =
        policy(
            """
            roles:
              a:
                subscribe: {allow: ["market:*", "market:tick:*", "x:1"], deny: ["x:*", "y:*"]}
            """);
    assertEquals(
        List.of(
            "role a: subscribe: allow 'market:tick:*' is part of allow 'market:*'",
            "role a: subscribe: allow 'x:1' is hidden by deny 'x:*'",
            "role a: subscribe: deny 'y:*' matches nothing that is allowed"),
        policy.findings());
    assertEquals(List.of(), policy(FILE).findings());
  }

  @Test
  void mistakesInTheFileAreNamedWithTheirPlace() {
    assertMistake("roles:\n  a:\n    subscrib: {allow: []}\n", "roles.a.subscrib");
    assertMistake("roles:\n  a:\n    publish: {allow: []}\n", "roles.a.publish");
    assertMistake("roles:\n  a:\n    subscribe: {allow: [\"a?b\"]}\n", "role a: subscribe");
    assertMistake("roles:\n  a:\n    limits: {channels: -1}\n", "not -1");
    assertMistake("roles:\n  a:\n", "role a");
    assertMistake("keys:\n  - {name: k, sha256: abc, role: user}\n", "64 hex digits");
    assertMistake("keys:\n  - {name: k, sha256: %s, role: no}\n".formatted(NO_HASH), "no role");
    assertMistake(
        "keys:\n  - {name: k, sha256: %s, role: user, subject: \"a*\"}\n".formatted(NO_HASH),
        "subject");
    assertMistake("roles: [", "line");
  }

  private void assertMistake(String text, String named) {
    PolicyException mistake = assertThrows(PolicyException.class, () -> policy(text));
    assertTrue(String.valueOf(mistake.getMessage()).contains(named), mistake::getMessage);
  }
}
