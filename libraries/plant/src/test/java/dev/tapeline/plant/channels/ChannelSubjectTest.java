package dev.tapeline.plant.channels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelSubjectTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "market:tick:BAJAJ-AUTO",
        "trade@BAJAJ-AUTO",
        "ticker@BAJAJ-AUTO",
        "candles:BAJAJ-AUTO:1m",
        "indicators:BAJAJ-AUTO",
        "indicators:BAJAJ-AUTO:5m:rsi-14+ema-20"
      })
  void pricesAreOfAnInstrument(String channel) {
    assertEquals(new ChannelSubject.OfInstrument("BAJAJ-AUTO", false), ChannelSubject.of(channel));
  }

  @ParameterizedTest
  @ValueSource(strings = "depth@BTCUSDT")
  void depthNeedsTheBook(String channel) {
    assertEquals(new ChannelSubject.OfInstrument("BTCUSDT", true), ChannelSubject.of(channel));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "option-chain:NIFTY:2026-12-08",
        "chain:NIFTY:2026-12-08",
        "tapeline:chain:NIFTY:2026-12-08",
        "tapeline:chain-state:NIFTY:2026-12-08"
      })
  void aChainIsOfAnExpiry(String channel) {
    assertEquals(
        new ChannelSubject.OfChain("NIFTY", LocalDate.of(2026, 12, 8)), ChannelSubject.of(channel));
  }

  @ParameterizedTest
  @ValueSource(strings = "ivdex:NIFTY")
  void anIndexIsOfItsUnderlying(String channel) {
    assertEquals(new ChannelSubject.OfVolatility("NIFTY"), ChannelSubject.of(channel));
  }

  @ParameterizedTest
  @ValueSource(strings = "tapeline:price:NSE_EQ:2885")
  void aWishForAPriceHasAKey(String channel) {
    assertEquals(new ChannelSubject.OfPrice("NSE_EQ:2885"), ChannelSubject.of(channel));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "market:tick",
        "live_ltp_updates",
        "market:tick:",
        "trade@",
        "candles:",
        "ivdex:",
        "option-chain:NIFTY",
        "option-chain:NIFTY:soon",
        "option-chain::2026-12-08",
        "positions:u1",
        ""
      })
  void othersAreOfNoSingleInstrument(String channel) {
    assertEquals(ChannelSubject.OTHER, ChannelSubject.of(channel));
  }
}
