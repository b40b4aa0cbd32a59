package dev.tapeline.protocols.cable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tapeline.core.Channel;
import dev.tapeline.protocols.spi.RejectedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CableMappingTest {

  private static final CableMapping STANDARD =
      CableMapping.parse(
          "DashboardUpdatesChannel=live_ltp_updates,TicksChannel=market:tick:{symbol},"
              + "OptionChainChannel=option-chain:{symbol}:{expiry}");

  private static String channel(CableMapping mapping, String identifier) {
    return mapping.read(identifier).channel().name();
  }

  @Test
  void classStandsForItsChannel() {
    assertEquals(
        "live_ltp_updates", channel(STANDARD, "{\"channel\":\"DashboardUpdatesChannel\"}"));
    assertEquals(
        "option-chain:NIFTY:2025-11-28",
        channel(
            STANDARD,
            "{\"expiry\":\"2025-11-28\",\"channel\":\"OptionChainChannel\",\"symbol\":\"NIFTY\"}"));
  }

  @Test
  void theTextIsReadAndWritten() {
    CableMapping mapping = CableMapping.parse(" A = a:{x} , My::B=b-{x}-{y}z ");
    assertEquals("A=a:{x},My::B=b-{x}-{y}z", mapping.toString());
    for (CableMapping one : List.of(mapping, STANDARD, CableMapping.parse("none"))) {
      assertEquals(one, CableMapping.parse(one.toString()));
    }
    assertEquals("b-1-2-3z", channel(mapping, "{\"channel\":\"My::B\",\"x\":\"1\",\"y\":\"2-3\"}"));
  }

  @Test
  void aBuiltInClassMayBeMappedAnew() {
    CableMapping mapping = CableMapping.parse("built-in,TicksChannel=t:{s}", STANDARD);
    assertEquals("t:{s}", String.valueOf(mapping.templates().get("TicksChannel")));
    assertEquals(STANDARD.templates().keySet(), mapping.templates().keySet());
    assertEquals(CableMapping.EMPTY, CableMapping.parse("built-in"));
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"channel\":\"TicksChannel\",\"symbol\":\"A\"} | market:tick:A | true",
        "{\"symbol\":\"A\",\"channel\":\"TicksChannel\"} | market:tick:A | true",
        "{\"channel\":\"TicksChannel\",\"symbol\":\"M\\u0026M\"} | market:tick:M&M | false",
        "{\"channel\":\"TicksChannel\",\"symbol\":\"BTC\\/USD\"} | market:tick:BTC/USD | false",
        "{\"channel\": \"TicksChannel\", \"symbol\": \"A\"} | market:tick:A | false",
        "{\"channel\":\"TicksChannel\",\"symbol\":26000} | market:tick:26000 | false",
        "{\"channel\":\"TicksChannel\",\"symbol\":1.50} | market:tick:1.50 | false",
        "{\"channel\":\"TicksChannel\",\"symbol\":\"A\",\"id\":7} | market:tick:A | false",
        "{\"channel\":\"TicksChannel\",\"symbol\":\"B\",\"symbol\":\"A\"} | market:tick:A | false",
      })
  void anyObjectWithTheParametersMeansTheChannel(
      String identifier, String channel, boolean common) {
    CableIdentifier read = STANDARD.read(identifier);
    assertEquals(new CableIdentifier(identifier, Channel.of(channel), common), read);
  }

  @Test
  void aChannelHasSoManySpellingsAtOnce() {
    Spellings spellings = new Spellings();
    for (int i = 1; i <= Spellings.MOST; i++) {
      spellings.take(spelled(i));
      spellings.take(spelled(i));
    }
    CableIdentifier more = spelled(Spellings.MOST + 1);
    assertThrows(RejectedException.class, () -> spellings.take(more));
    spellings.take(STANDARD.read("{\"channel\":\"DashboardUpdatesChannel\"}"));
    spellings.leave(spelled(3));
    assertThrows(RejectedException.class, () -> spellings.take(more));
    spellings.leave(spelled(3));
    spellings.take(more);
  }

  private static CableIdentifier spelled(int blanks) {
    return STANDARD.read("{" + " ".repeat(blanks) + "\"channel\":\"DashboardUpdatesChannel\"}");
  }
}
