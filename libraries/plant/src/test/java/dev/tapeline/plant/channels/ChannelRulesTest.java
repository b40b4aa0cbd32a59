package dev.tapeline.plant.channels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.DurableRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules as users know them from the documents. */
class ChannelRulesTest {

  @Test
  void kindsFollowFromTheNames() {
    assertEquals(
        List.of(
            "market:tick:* STATE",
            "ticker@* STATE",
            "indicators:* STATE",
            "option-chain:* STATE",
            "chain:* STATE",
            "ivdex:* STATE",
            "candles:* BAR",
            "depth@* DELTA"),
        ChannelRules.KINDS.rules().stream()
            .map(rule -> rule.selector().text() + " " + rule.kind())
            .toList());
  }

  @Test
  void logsAreKeptOfWhatMustNotBeMissed() {
    assertEquals(
        DurableRules.of(
            "trade@*", "candles:*", "option-chain:*", "engine:*", "positions:*", "alerts:*"),
        ChannelRules.DURABLE);
  }

  @Test
  void personalChannelsAreSentFirst() {
    assertEquals(List.of("positions:", "alerts:"), ChannelRules.personalPrefixes());
    assertEquals("alerts:*,positions:*", ChannelRules.priorityChannels());
  }

  @Test
  void classesOfActionCableStandForChannels() {
    assertEquals(
        "DashboardUpdatesChannel=live_ltp_updates,TicksChannel=market:tick:{symbol},"
            + "OptionChainChannel=option-chain:{symbol}:{expiry},"
            + "CandlesChannel=candles:{symbol}:{tf},SignalsChannel=engine:signal:{symbol}",
        ChannelRules.cableChannels());
  }
}
