package dev.tapeline.gateway.protocol.cable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CableMappingTest {

  @Test
  void theBuiltInOnesAreThoseOfTheContract() {
    assertEquals(
        "live_ltp_updates",
        CableMapping.DEFAULT.channelOf("{\"channel\":\"DashboardUpdatesChannel\"}").name());
    assertEquals(
        "option-chain:NIFTY:2025-11-28",
        CableMapping.DEFAULT
            .channelOf(
                "{\"expiry\":\"2025-11-28\",\"channel\":\"OptionChainChannel\",\"symbol\":\"NIFTY\"}")
            .name());
    assertEquals(
        Set.of(
            "DashboardUpdatesChannel",
            "TicksChannel",
            "OptionChainChannel",
            "CandlesChannel",
            "SignalsChannel"),
        CableMapping.DEFAULT.templates().keySet());
  }

  @Test
  void theTextIsReadAndWritten() {
    CableMapping mapping = CableMapping.parse(" A = a:{x} , My::B=b-{x}-{y}z ");
    assertEquals("A=a:{x},My::B=b-{x}-{y}z", mapping.toString());
    for (CableMapping one : List.of(mapping, CableMapping.DEFAULT, CableMapping.parse("none"))) {
      assertEquals(one, CableMapping.parse(one.toString()));
    }
    assertEquals(
        "b-1-2-3z", mapping.channelOf("{\"channel\":\"My::B\",\"x\":\"1\",\"y\":\"2-3\"}").name());
  }

  @Test
  void aBuiltInClassMayBeMappedAnew() {
    CableMapping mapping = CableMapping.parse("built-in,TicksChannel=t:{s}");
    assertEquals("t:{s}", String.valueOf(mapping.templates().get("TicksChannel")));
    assertEquals(5, mapping.templates().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TicksChannel | 'TicksChannel' is no CLASS=CHANNEL",
        "1A=b | '1A=b' is no CLASS=CHANNEL",
        "none,A=b | 'none' is no CLASS=CHANNEL",
        "A=b,A=c | 'A' is there twice",
        "A={b | '{b' has a brace that is no parameter such as {symbol}",
        "A={b-c} | '{b-c}' has a brace that is no parameter such as {symbol}",
        "A={b}{c} | '{b}{c}' has nothing between two parameters",
        "A={b}:{b} | '{b}:{b}' has a parameter twice, or one named 'channel'",
        "A=a:{channel} | 'a:{channel}' has a parameter twice, or one named 'channel'",
        "A={b}:{c}:{d}:{e} | '{b}:{c}:{d}:{e}' has more than 3 parameters",
        "A= | a channel name must not be empty",
        "A=a* | a channel name must not hold '*', found at character 2 of \"a*\"",
      })
  void whatIsWrongIsNamed(String text, String message) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> CableMapping.parse(text));
    assertEquals(message, refusal.getMessage());
  }
}
