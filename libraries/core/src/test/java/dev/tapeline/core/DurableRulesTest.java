package dev.tapeline.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurableRulesTest {

  private static final DurableRules RULES = DurableRules.of("trade@*", "orders:*:fills", "audit");

  @ParameterizedTest
  @CsvSource({
    "trade@NIFTY,true,false",
    "trade@*,true,false",
    "trade@N*Y,true,false",
    "trade*,true,true",
    "*,true,true",
    "orders:u1:fills,true,false",
    "orders:u1:*,true,true",
    "orders:u1,false,true",
    "*:fills:x,true,true",
    "audit,true,false",
    "audit:1,false,true",
    "aud*t,true,true",
    "market:*,false,true"
  })
  void selectedChannelsMayBeDurableOrPlain(String selector, boolean durable, boolean plain) {
    Selector parsed = Selector.parse(selector);
    assertEquals(durable, RULES.mayBeDurable(parsed));
    assertEquals(plain, RULES.mayBePlain(parsed));
  }

  @ParameterizedTest
  @CsvSource({"trade@NIFTY,true", "orders:u1:fills,true", "orders:u1,false", "audit,true"})
  void aChannelIsOneOrTheOther(String channel, boolean durable) {
    assertEquals(durable, RULES.isDurable(channel));
    assertEquals(durable, RULES.mayBeDurable(new Channel(channel)));
    assertEquals(!durable, RULES.mayBePlain(new Channel(channel)));
  }
}
