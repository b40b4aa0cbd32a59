package dev.tapeline.feed.deribit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.TickBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recorded messages, each by itself. */
class DeribitDecoderTest {

  private final DeribitDecoder decoder = new DeribitDecoder(DeribitInstruments::named);
  private final TickBuffer ticks = new TickBuffer();

  private Decoded push(String channel, String data) {
    return decode(DeribitTalk.notification(channel, data));
  }

  private Decoded decode(String message) {
    byte[] padded = DeribitTalk.bytes("##" + message + "##");
    return decoder.decode(padded, 2, padded.length - 4, 5, ticks);
  }

  private List<String> story() {
    List<String> story = ticks.ticks().stream().map(DeribitTalk::text).toList();
    ticks.clear();
    return story;
  }

  @Test
  void eachChannelIsReadByItself() {
    assertEquals(
        new Decoded.Read("ticker"),
        push("ticker.BTC-PERPETUAL.raw", "{\"timestamp\":1,\"last_price\":2.50}"));
    assertEquals(
        new Decoded.Read("trades"),
        push(
            "trades.option.BTC.100ms",
            """
            [{"trade_seq":3,"timestamp":1,"instrument_name":"BTC-5JUN26-9-C","price":0.1,\
            "amount":2,"direction":"sell"}]\
            """));
    assertEquals(
        new Decoded.Read("book"),
        push(
            "book.BTC-PERPETUAL.100ms",
            """
            {"type":"change","timestamp":1,"prev_change_id":6,"change_id":9,\
            "bids":[["delete",4.0,0.0]],"asks":[]}\
            """));
    assertEquals(
        new Decoded.Read("deribit_price_index"),
        push("deribit_price_index.btc_usd", "{\"timestamp\":1,\"price\":7.0}"));
    assertEquals(
        new Decoded.Read("markprice"),
        push(
            "markprice.options.btc_usd",
            "[{\"timestamp\":1,\"instrument_name\":\"BTC-5JUN26-9-C\","
                + "\"mark_price\":0.2,\"iv\":0.9}]"));
    assertEquals(
        List.of(
            "last 2.50",
            "quote none none",
            "trade 3 at 0.1",
            "change 7-9 [4.0]",
            "BTC_USD 7.0",
            "marks BTC-5JUN26-9-C iv null/90/null price 0.2 of null"),
        story());
  }

  @Test
  void answersHeartbeatsAndOtherChannelsAreIgnored() {
    for (String message :
        List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[\"ticker.X.100ms\"]}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":10028,\"message\":\"no\"}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}",
            "{}")) {
      assertEquals(Decoded.IGNORED, decode(message), message);
    }
    assertEquals(Decoded.IGNORED, push("book.BTC-PERPETUAL.none.10.100ms", "{}"));
    assertEquals(Decoded.IGNORED, push("instrument.state.option.BTC", "{}"));
    assertEquals(Decoded.IGNORED, push("trades.BTC-PERPETUAL.100ms", "[]"));
    assertEquals(List.of(), story());
  }

  @Test
  void badMessagesPassNothingOn() {
    for (String message : List.of("", "[]", "7", "{\"a\":", "{} {}")) {
      assertInstanceOf(Decoded.Bad.class, decode(message), message);
    }
    assertInstanceOf(Decoded.Bad.class, push("ticker.NONSENSE.100ms", "{\"timestamp\":1}"));
    assertInstanceOf(Decoded.Bad.class, push("ticker.BTC-PERPETUAL.100ms", "{}"));
    assertInstanceOf(
        Decoded.Bad.class,
        push(
            "markprice.options.btc_usd",
            "[{\"timestamp\":1,\"instrument_name\":\"BTC-5JUN26-9-C\",\"iv\":0.9},{}]"));
    assertInstanceOf(
        Decoded.Bad.class,
        push(
            "book.BTC-PERPETUAL.100ms",
            """
            {"type":"snapshot","timestamp":1,"change_id":9,"bids":[["new",4.0,-1]],"asks":[]}\
            """));
    assertEquals(List.of(), story());
  }
}
