package dev.tapeline.server.settings.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.declaration.ConfigException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The account at Dhan, and the options of its source. */
class DhanSettingsTest {

  private static final String SECRET = "GEZD GNBV GY3T QOJQ";

  /** Settings with the source and its account, as {@code NAME=VALUE} by semicolon. */
  private static Settings load(String more) {
    Map<String, String> all = new HashMap<>();
    all.put("TAPELINE_FEEDS", "dhan");
    all.put("DHANHQ_CLIENT_ID", "1100000001");
    Arrays.stream(more.split(";"))
        .map(each -> each.strip().split("=", 2))
        .forEach(each -> all.put(each[0], each[1]));
    return Settings.load(all, Map.of());
  }

  @Test
  void tokensAreMadeByPinAndCodes() {
    TokenMaking making =
        load("DHANHQ_ACCESS_TOKEN_FILE=t; DHANHQ_PIN=123456; DHANHQ_TOTP_SECRET=" + SECRET)
            .dhan()
            .making();
    assertTrue(making.mints());
    assertFalse(making.renews());
    assertFalse(making.toString().contains("123456"), making::toString);
    assertTrue(
        load("DHANHQ_ACCESS_TOKEN_FILE=t;DHANHQ_TOKEN_RENEWAL=true").dhan().making().renews());
    assertEquals(TokenMaking.NONE, load("DHANHQ_ACCESS_TOKEN=t").dhan().making());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DHANHQ_ACCESS_TOKEN=t; DHANHQ_TOKEN_RENEWAL=true | only together with dhanhq-access-token-file",
        "DHANHQ_ACCESS_TOKEN_FILE=t; DHANHQ_PIN=1234 | only together with dhanhq-totp-secret or",
        "DHANHQ_ACCESS_TOKEN_FILE=t; DHANHQ_TOTP_SECRET_FILE=s | only together with dhanhq-pin or",
        "DHANHQ_ACCESS_TOKEN_FILE=t; DHANHQ_PIN=1234; DHANHQ_PIN_FILE=p | contradicts dhanhq-pin",
        "DHANHQ_ACCESS_TOKEN_FILE=t; DHANHQ_PIN=12a4 | dhanhq-pin: (hidden)",
        "DHANHQ_ACCESS_TOKEN_FILE=t; DHANHQ_TOTP_SECRET=0189018901890189 | dhanhq-totp-secret: (hidden)",
        "DHANHQ_ACCESS_TOKEN=t; TAPELINE_FEEDS=dhan depth=7 | depth of dhan is one of 5, 20, 200, not '7'",
        "DHANHQ_ACCESS_TOKEN=t; TAPELINE_FEEDS=dhan orders=yes | orders of dhan is true or false",
        "DHANHQ_ACCESS_TOKEN=t; TAPELINE_FEEDS=dhan orders=true | needs the user who may read them",
        "DHANHQ_ACCESS_TOKEN=t; TAPELINE_FEEDS=dhan user=u1 | and user needs orders",
        "DHANHQ_ACCESS_TOKEN=t; TAPELINE_FEEDS=dhan orders=true user=u:1 | unlike 'u:1'",
        "DHANHQ_ACCESS_TOKEN=t; TAPELINE_FEEDS=binance depth=20 | 'depth' is no option of binance",
        "DHANHQ_ACCESS_TOKEN_FILE=t; DHANHQ_PIN=1234; DHANHQ_TOTP_SECRET=GEZDGNBVGY3TQOJQ;"
            + " TAPELINE_FEEDS=dhan depth=200 | depth=200 only without dhanhq-pin",
      })
  void whatDoesNotFitIsNamed(String settings, String reason) {
    String message = assertThrows(ConfigException.class, () -> load(settings)).getMessage();
    assertTrue(message.contains(reason), message);
    assertFalse(message.contains("GEZD"), message);
  }
}
