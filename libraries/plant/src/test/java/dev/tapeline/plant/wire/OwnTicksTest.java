package dev.tapeline.plant.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTicksTest {

  private static final String OWN =
      "{\"symbol\":\"ACME\",\"key\":\"NSE_EQ:7\",\"ltp\":12.5,\"receivedTime\":17,"
          + "\"source\":\"simulator\",\"simulated\":true}";

  private static boolean isOwn(String symbol, String payload) {
    return OwnTicks.isOwn(symbol, payload.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void ticksInTheOwnFormAreOwn() {
    assertTrue(isOwn("ACME", OWN));
    assertTrue(isOwn("ACME", OWN.replace(",\"simulated\":true", "")));
    assertTrue(isOwn("ACME", OWN.replace("simulator", "replay-day.gz")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"ltp\":12.5,\"source\":\"simulator\"}",
        "{\"symbol\":\"ACME\",\"ltp\":12.5,\"source\":\"simulator\"}",
        "{\"symbol\":\"ACME\",\"key\":\"NSE_EQ:7\",\"ltp\":12.5,\"source\":\"kite\"}",
        "{\"symbol\":\"ACME\",\"key\":\"NSE_EQ:7\",\"ltp\":12.5,\"time\":17,\"source\":\"kite\"}",
        "{\"symbol\":\"ACME\",\"key\":\"K\",\"ltp\":1,\"receivedTime\":\"17\",\"source\":\"kite\"}",
        "{\"symbol\":\"ACME\",\"key\":\"K\",\"ltp\":1,\"receivedTime\":17, \"source\":\"simulator\"}",
        "{\"symbol\":\"ACME\",\"key\":\"NSE_EQ:7\",\"ltp\":12.5}",
        "{\"symbol\":\"OTHER\",\"key\":\"K\",\"ltp\":1,\"receivedTime\":17,\"source\":\"simulator\"}",
        "{\"symbol\": \"ACME\", \"key\": \"NSE_EQ:7\", \"ltp\": 12.5, \"source\": \"simulator\"}",
        "{\"source\":\"simulator\",\"symbol\":\"ACME\",\"key\":\"NSE_EQ:7\",\"ltp\":12.5}",
        "{\"symbol\":\"ACME\",\"key\":\"NSE_EQ:7"
      })
  void otherFormsAreOfOthers(String payload) {
    assertFalse(isOwn("ACME", payload), payload);
  }

  @Test
  void noCutOfAnOwnTickIsOwn() {
    for (int end = 0; end < OWN.length(); end++) {
      assertFalse(isOwn("ACME", OWN.substring(0, end)));
      assertEquals(end == 0, isOwn("ACME", OWN.substring(end)));
    }
  }
}
