package dev.tapeline.feed.dhan;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.dhan.token.TotpMinter;
import dev.tapeline.feed.vendor.SocketEnd;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens that are renewed and made, both off unless they are asked for. */
class TokensTest {

  private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  private static final long HOUR = 3_600_000;

  private String pin = "1234";
  private String secret = SECRET;
  private final Script script =
      script(new DhanOptions.Tokens(true, new TotpMinter.Secrets(() -> pin, () -> secret)));

  private static Script script(DhanOptions.Tokens tokens) {
    return new Script(o ->
        new DhanOptions(
            o.account(),
            o.sockets(),
            o.limits(),
            o.deepBooks(),
            o.mode(),
            o.tradeTimeAhead(),
            o.chainInterval(),
            tokens,
            o.orderUpdates(),
            o.budgets(),
            o.seed()));
  }

  @Test
  void nothingIsMadeUnlessAskedFor() {
    Script byHand = script(DhanOptions.Tokens.BY_HAND);
    byHand.token = token(Dhan.TEN + HOUR, "SELF");
    byHand.open = false;
    byHand.watch(Map.of(HDFCBANK, Detail.QUOTE)).pass(100);
    byHand.ended("feed-1", new SocketEnd.Refused(401, "")).pass(200);
    assertEquals(List.of(), byHand.took("call"));
  }

  @Test
  void aTokenIsRenewedOutsideOfTradingHours() {
    script.token = token(Dhan.TEN + 10 * HOUR, "SELF");
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).pass(100);
    assertEquals(List.of(), script.took("call"), "a new one would end the sockets");
    script.open = false;
    script.pass(100);
    assertEquals(List.of("call renew"), script.took("call"));
    script.answer("renew", 200, "{'accessToken':'a.b.c','expiryTime':'2026-01-01T00:00:00.000'}");
    assertEquals(List.of("a.b.c"), script.tokens);
  }

  @Test
  void aTokenThatEndsInTheSessionIsRenewedAtTheLastMoment() {
    script.token = token(Dhan.TEN + HOUR, "SELF");
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).pass(100).now += 51 * 60_000;
    script.pass(1);
    assertEquals(List.of("call renew"), script.took("call renew"));
    script.answer("renew", 400, "{'errorCode':'DH-905','errorMessage':'no'}");
    assertTrue(script.took().contains("fault token: no renewal: DH-905: no"));
  }

  @Test
  void aTokenOfAProgramIsNotRenewed() {
    Script renewing = script(new DhanOptions.Tokens(true, null));
    renewing.token = token(Dhan.TEN + HOUR, "APP");
    renewing.open = false;
    renewing.watch(Map.of(HDFCBANK, Detail.QUOTE)).pass(100);
    renewing.token = "no JWT";
    renewing.pass(100);
    assertEquals(List.of(), renewing.took("call"));
  }

  @Test
  void aTokenOfAProgramIsReplacedByAnotherOutsideOfTradingHours() {
    script.token = token(Dhan.TEN + 10 * HOUR, "APP");
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).pass(100);
    assertEquals(List.of(), script.took("call"));
    script.open = false;
    script.pass(100);
    assertEquals(List.of("call mint"), script.took("call"));
  }

  @Test
  void aNodeWithoutTheLeaseMakesNone() {
    script.mayMake = false;
    script.token = token(Dhan.TEN + HOUR, "SELF");
    script.open = false;
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).opened("feed-1").pass(100);
    script.frame("feed-1", Dhan.disconnect(807)).pass(200);
    assertEquals(List.of(), script.took("call mint"));
    script.mayMake = true;
    script.pass(1);
    assertEquals(List.of("call mint"), script.took("call"));
  }

  @Test
  void aNewTokenOpensTheSocketsAnew() {
    script.token = token(Dhan.TEN + 10 * HOUR, "SELF");
    script.open = false;
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).opened("feed-1").pass(1).took();
    script.answer("renew", 200, "{'accessToken':'a.b.c'}");
    assertEquals(List.of("open feed-1 0"), script.took());
  }

  @Test
  void aRefusedRenewalDoesNotEndTheSession() {
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).opened("feed-1").took();
    script.answer("renew", 401, "{'errorCode':'DH-901','errorMessage':'Invalid Token'}");
    assertEquals(
        List.of(
            "fault rest: renew: DH-901: Invalid Token",
            "call profile",
            "fault token: no renewal: DH-901: Invalid Token"),
        script.took());
  }

  @Test
  void refusalsOfTheFormerTokenDoNotEndTheNewOne() {
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).opened("feed-1").took();
    script.answer("renew", 200, "{'accessToken':'a.b.c'}");
    script.answer("quote 1", 401, "{'errorCode':'DH-901','errorMessage':'Invalid Token'}");
    script.took();
    script.pass(3);
    assertEquals(List.of("open feed-1 0"), script.took("open"));
    assertEquals(List.of(), script.took("call mint"));
  }

  @Test
  void aRefusedTokenIsReplacedByANewOne() {
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).opened("feed-1").took();
    script.frame("feed-1", Dhan.disconnect(807)).pass(0.1);
    assertEquals(List.of("call mint"), script.took("call"));
    script.answer("mint", 200, "{'dhanClientId':'1000','accessToken':'new.to.ken'}");
    assertEquals(List.of("new.to.ken"), script.tokens);
    script.pass(0.1);
    assertEquals(List.of("open feed-1 0"), script.took("open"));
  }

  @Test
  void betweenTwoTokensAreTwoMinutes() {
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).took();
    script.frame("feed-1", Dhan.disconnect(807)).pass(0.1).took();
    script.answer("mint", 429, "{'errorCode':'DH-904','errorMessage':'slow'}").took();
    script.pass(115);
    assertEquals(List.of(), script.took("call mint"));
    script.pass(10);
    assertEquals(List.of("call mint"), script.took("call mint"));
  }

  @Test
  void afterARefusedCodeTheNextOneIsTakenButNotForEver() {
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).took();
    script.frame("feed-1", Dhan.disconnect(808)).pass(0.1);
    String refusal = "{'status':'error','message':'Invalid TOTP'}";
    for (int i = 0; i < 3; i++) {
      assertEquals(List.of("call mint"), script.took("call mint"));
      script.answer("mint", 200, refusal);
      assertTrue(
          script
              .took("fault token")
              .contains(
                  "fault token: no new token: HTTP 200: Invalid TOTP; check the secret of the"
                      + " one-time codes, and the clock of this machine"));
      script.pass(31);
    }
    assertEquals(List.of(), script.took("call mint"));
    script.pass(1_800).frame("feed-1", Dhan.disconnect(808)).pass(3);
    assertEquals(1, script.took("call mint").size());
  }

  @Test
  void aWrongPinIsSaidOnceAndTriedAgainWhenItIsAnother() {
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).took();
    script.frame("feed-1", Dhan.disconnect(807)).pass(0.1).took();
    script.answer("mint", 200, "{'status':'error','message':'Invalid Pin: 1234'}").pass(200);
    String why = "no new token: HTTP 200: Invalid Pin: ***; check the PIN";
    String state = "tell DOWN auth: the access token has expired: make a new one (807); " + why;
    assertEquals(List.of("fault token: " + why, state), script.took());
    pin = "4321";
    script.pass(10);
    assertEquals(List.of("call mint"), script.took("call"));
  }

  @Test
  void aSecretThatIsNoneIsSaidOnce() {
    secret = "1!";
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).took();
    script.frame("feed-1", Dhan.disconnect(807)).pass(100);
    String why = "the secret of the one-time codes is not base 32: A-Z, 2-7";
    assertEquals(List.of("fault token: no new token: " + why), script.took("fault"));
    secret = SECRET;
    script.pass(10);
    assertEquals(List.of("call mint"), script.took("call"));
  }

  @Test
  void tokensThatAnotherProgramEndsAreMadeMoreAndMoreRarely() {
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).opened("feed-1").took();
    int made = 0;
    for (int minute = 0; minute < 60; minute++) {
      script.frame("feed-1", Dhan.disconnect(807)).pass(12);
      if (!script.took("call mint").isEmpty()) {
        made++;
        script.answer("mint", 200, "{'accessToken':'a.b.%d'}".formatted(made));
      }
      script.pass(48).opened("feed-1");
    }
    assertTrue(made >= 2 && made <= 6, made + " in an hour");
  }

  @Test
  void aPlanThatIsMissingIsNotHelpedByANewToken() {
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).took();
    script.frame("feed-1", Dhan.disconnect(806)).pass(60);
    assertEquals(List.of(), script.took("call"));
  }

  static String token(long ends, String consumer) {
    String claims = "{\"exp\":%d,\"tokenConsumerType\":\"%s\"}".formatted(ends / 1000, consumer);
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".x";
  }
}
