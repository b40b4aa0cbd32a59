package dev.tapeline.access.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.token.Tokens;
import dev.tapeline.access.token.Verdict;
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
      return PolicyFile.read(
          Files.writeString(folder.resolve("access.yaml"), text), Tokens.PERSONAL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Identity u1(String role) {
    return new Identity("u1", role, null);
  }

  private static boolean may(Permissions permissions, Verb verb, String selector) {
    return permissions.refusal(verb, Selector.parse(selector)).isEmpty();
  }

  @Test
  void whoHasNoNamePublishesByRulesThatNeedNone() {
    Policy policy =
        policy(
            """
            roles:
              open: {publish: {allow: ["chat:*"]}}
              own: {publish: {allow: ["alerts:{sub}"]}}
            """);
    assertTrue(policy.publishes("open"));
    assertFalse(policy.publishes("own"));
    assertFalse(policy.publishes(Policy.ADMIN));
    assertFalse(policy.publishes("nobody"));
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
  void whatRedisAndTheNodesTellEachOtherIsForNobody() {
    Policy policy = policy(FILE).withOwnerKey("the owner's key");
    List<Permissions> all =
        List.of(
            policy.of(Identity.anybody(Policy.USER)),
            policy.of(u1(Policy.ADMIN)),
            policy.of(u1(Policy.OWNER)));
    List<String> names =
        List.of(
            "__sentinel__:hello",
            "__keyspace@0__:ltp:A:1",
            "__keyevent@0__:expired",
            "__redis__:invalidate",
            "tapeline:{3}",
            "tapeline:adopters");
    for (Permissions some : all) {
      for (String name : names) {
        for (Verb verb : List.of(Verb.SUBSCRIBE, Verb.HISTORY, Verb.PUBLISH)) {
          assertFalse(some.may(verb, name), name);
          assertFalse(may(some, verb, name), name);
        }
      }
      assertFalse(may(some, Verb.SUBSCRIBE, "__keyevent@0__:*"));
      assertFalse(may(some, Verb.SUBSCRIBE, "tapeline:*"));
      assertTrue(may(some, Verb.SUBSCRIBE, "*"));
      assertTrue(may(some, Verb.SUBSCRIBE, "__mine"));
    }
    assertEquals(
        Optional.of(
            "'__sentinel__:hello' is not for clients: Redis and the nodes use it among themselves"),
        all.getFirst().refusal(Verb.SUBSCRIBE, Selector.parse("__sentinel__:hello")));
  }

  @Test
  void keysAreKnownByTheirHash() {
    Policy policy = policy(FILE).withOwnerKey("the owner's key");
    assertEquals("u1", policy.ownerOf("the key").orElseThrow().subject());
    assertEquals(Optional.empty(), policy.ownerOf("another key"));
    assertEquals(Policy.OWNER, policy.ownerOf("the owner's key").orElseThrow().role());
  }

  @Test
  void nobodyPublishesOrAdministersUnlessARuleSaysSo() {
    Policy policy = policy(FILE);
    for (String role : List.of("trader", Policy.USER, Policy.ADMIN)) {
      assertFalse(may(policy.of(u1(role)), Verb.PUBLISH, "market:tick:X"), role);
      assertFalse(may(policy.of(u1(role)), Verb.PUBLISH, "positions:u1"), role);
    }
    for (AdminAct act : AdminAct.values()) {
      assertFalse(policy.of(u1("trader")).may(act));
      assertFalse(policy.of(u1(Policy.USER)).may(act));
      assertTrue(policy.of(u1(Policy.ADMIN)).may(act));
    }
  }

  @Test
  void publishingOnPersonalChannelsNeedsARuleThatNamesThem() {
    Policy policy =
        policy(
            """
            roles:
              all: {publish: {allow: ["*"]}}
              near: {publish: {allow: ["pos*", "*:u1"]}}
              engine: {publish: {allow: ["positions:*", "alerts:{sub}"], deny: ["positions:u3"]}}
            """);
    for (String role : List.of("all", "near")) {
      assertFalse(may(policy.of(u1(role)), Verb.PUBLISH, "positions:u1"), role);
      assertFalse(may(policy.of(u1(role)), Verb.PUBLISH, "alerts:u1"), role);
    }
    assertTrue(may(policy.of(u1("all")), Verb.PUBLISH, "chat"));
    Permissions engine = policy.of(u1("engine"));
    assertTrue(may(engine, Verb.PUBLISH, "positions:u2"));
    assertFalse(may(engine, Verb.PUBLISH, "positions:u3"));
    assertTrue(may(engine, Verb.PUBLISH, "alerts:u1"));
    assertFalse(may(engine, Verb.PUBLISH, "alerts:u2"));
    assertFalse(may(engine, Verb.PUBLISH, "chat"));
    assertFalse(may(engine, Verb.SUBSCRIBE, "positions:u1"));
  }

  @Test
  void nobodyPublishesWhereNodesTellEachOther() {
    Permissions owner = policy(FILE).withOwnerKey("k").of(Identity.anybody(Policy.OWNER));
    assertTrue(may(owner, Verb.PUBLISH, "positions:u1"));
    assertTrue(may(owner, Verb.PUBLISH, "tape"));
    assertFalse(may(owner, Verb.PUBLISH, "tapeline:{3}"));
    assertFalse(may(owner, Verb.PUBLISH, "tapeline:adopters"));
  }

  @Test
  void administrationIsAllowedActByAct() {
    Permissions support =
        policy("roles:\n  support: {admin: {allow: [\"c*\"], deny: [\"close\"]}}\n")
            .of(u1("support"));
    assertTrue(support.may(AdminAct.CONNECTIONS));
    assertTrue(support.may(AdminAct.CHANNELS));
    assertFalse(support.may(AdminAct.CLOSE));
    assertFalse(support.may(AdminAct.MOVE));
  }

  @Test
  void noFileAndNoTokenMakesAnOwner() {
    assertFalse(policy(FILE).withOwnerKey("k").has(Policy.OWNER));
    assertMistake("roles:\n  owner: {publish: {allow: [\"*\"]}}\n", "GATEWAY_API_KEY");
    Authenticator authenticator =
        Tokens.authenticator(Policy.builtIn(Tokens.PERSONAL).withOwnerKey("k"), null);
    Verdict verdict =
        authenticator
            .authenticate(Tokens.of("u1", Policy.OWNER, 60_000))
            .toCompletableFuture()
            .join();
    assertTrue(
        verdict instanceof Verdict.Refused(String reason) && reason.contains("role"),
        verdict::toString);
  }

  @Test
  void rulesWithoutEffectAreFound() {
    Policy policy =
        policy(
            """
            roles:
              a:
                subscribe: {allow: ["market:*", "market:tick:*", "x:1"], deny: ["x:*", "y:*"]}
              b:
                publish: {allow: ["*", "positions:{sub}", "tapeline:x"], deny: ["alerts:*"]}
                admin: {allow: ["close", "clsoe", "*"], deny: ["stop"]}
            """);
    assertEquals(
        List.of(
            "role b: admin: allow 'close' is part of allow '*'",
            "role b: admin: allow 'clsoe' is no act; there are connections, channels, close, move, watch",
            "role b: admin: deny 'stop' matches nothing that is allowed",
            "role b: publish: allow 'tapeline:x' is about names that Redis and the nodes keep for themselves",
            "role b: publish: deny 'alerts:*' matches nothing that is allowed"),
        policy.findings().stream().filter(found -> found.startsWith("role b")).toList());
    assertEquals(
        List.of(
            "role a: subscribe: allow 'market:tick:*' is part of allow 'market:*'",
            "role a: subscribe: allow 'x:1' is hidden by deny 'x:*'",
            "role a: subscribe: deny 'y:*' matches nothing that is allowed"),
        policy.findings().stream().filter(found -> found.startsWith("role a")).toList());
    assertEquals(List.of(), policy(FILE).findings());
  }

  @Test
  void keyIsFoundWhoseConnectionsNobodyCounts() {
    String hash = "0".repeat(64);
    Policy policy =
        policy(
            """
            roles:
              bot: {limits: {connections: 2}}
              page: {limits: {channels: 9}}
            keys:
              - {name: desk, sha256: %s, role: bot}
              - {name: own, sha256: %s, role: bot, subject: desk-1}
              - {name: wall, sha256: %s, role: page}
            """
                .formatted(hash, hash, hash));
    assertEquals(
        List.of("key desk has no subject: its connections are not limited as role bot requires"),
        policy.findings());
  }

  @Test
  void mistakesInTheFileAreNamedWithTheirPlace() {
    assertMistake("roles:\n  a:\n    subscrib: {allow: []}\n", "roles.a.subscrib");
    assertMistake("roles:\n  a:\n    admin: {alow: []}\n", "roles.a.admin.alow");
    assertMistake("roles:\n  a:\n    subscribe: {allow: [\"a?b\"]}\n", "role a: subscribe");
    assertMistake(
        "roles:\n  a:\n    history: {allow: [x, null]}\n",
        "role a: history: allow: entry 2 of the list is empty");
    assertMistake("roles:\n  a:\n    limits: {channels: -1}\n", "from 0, not -1");
    for (String limit : List.of("rate", "burst", "connections")) {
      assertMistake(
          "roles:\n  a:\n    limits: {%s: 0}\n".formatted(limit),
          limit + " is a whole number from 1");
    }
    assertMistake("roles:\n  a:\n", "role a");
    assertMistake("keys:\n  -\n", "keys: entry 1 of the list is empty");
    assertMistake("keys:\n  - {name: k, sha256: abc, role: user}\n", "64 hex digits");
    assertMistake("keys:\n  - {name: k, sha256: %s, role: no}\n".formatted(NO_HASH), "not a role");
    assertMistake(
        "keys:\n  - {name: k, sha256: %s, role: user, subject: \"a*\"}\n".formatted(NO_HASH),
        "subject");
    assertMistake("roles: [", "line");
  }

  @Test
  void mistakesNeverShowTheFile() {
    for (String text :
        List.of(
            "keys:\n  - hunter2\n",
            "keys: hunter2\n",
            "keys:\n  - {name: k, sha256: hunter2: x}\n",
            "keys:\n  - {name: k, sha256: *hunter2}\n",
            "keys:\n  - {name: k, sha256: [hunter2]}\n",
            "roles:\n  a:\n    limits: {channels: hunter2}\n")) {
      PolicyException mistake = assertThrows(PolicyException.class, () -> policy(text));
      assertFalse(String.valueOf(mistake.getMessage()).contains("hunter2"), mistake::getMessage);
    }
  }

  private void assertMistake(String text, String named) {
    PolicyException mistake = assertThrows(PolicyException.class, () -> policy(text));
    assertTrue(String.valueOf(mistake.getMessage()).contains(named), mistake::getMessage);
  }
}
