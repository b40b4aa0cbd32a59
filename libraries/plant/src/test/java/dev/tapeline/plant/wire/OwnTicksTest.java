package dev.tapeline.plant.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTicksTest {

  private static final String OWN =
      "{\"symbol\":\"ACME\",\"key\":\"NSE_EQ:7\",\"ltp\":12.5,\"receivedTime\":17,"
          + "\"source\":\"simulator\",\"simulated\":true}";

  private final OwnTicks ticks = new OwnTicks(List.of("simulator", "replay"));

  private boolean isOwn(String symbol, String payload) {
    return ticks.isOwn(symbol, payload.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void ticksInTheOwnFormAreOwn() {
    assertTrue(isOwn("ACME", OWN));
    assertTrue(isOwn("ACME", OWN.replace(",\"simulated\":true", "")));
    assertTrue(isOwn("ACME", OWN.replace("simulator", "replay")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"ltp\":12.5,\"source\":\"simulator\"}",
        "{\"symbol\":\"ACME\",\"ltp\":12.5,\"source\":\"simulator\"}",
        "{\"symbol\":\"ACME\",\"key\":\"NSE_EQ:7\",\"ltp\":12.5,\"source\":\"kite\"}",
        "{\"symbol\":\"ACME\",\"key\":\"NSE_EQ:7\",\"ltp\":12.5,\"source\":\"my-simulator\"}",
        "{\"symbol\":\"ACME\",\"key\":\"NSE_EQ:7\",\"ltp\":12.5, \"source\":\"simulator\"}",
        "{\"symbol\":\"ACME\",\"key\":\"NSE_EQ:7\",\"ltp\":12.5}",
        "{\"symbol\":\"OTHER\",\"key\":\"NSE_EQ:7\",\"ltp\":12.5,\"source\":\"simulator\"}",
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
