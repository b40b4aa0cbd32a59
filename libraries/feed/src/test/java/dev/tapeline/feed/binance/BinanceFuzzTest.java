package dev.tapeline.feed.binance;

import static dev.tapeline.feed.binance.Conversation.A;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.TradeSequence;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Damaged and nonsensical frames and answers, which never end a conversation. */
class BinanceFuzzTest {

  private static final List<String> FRAMES =
      List.of(
          "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1,\"s\":\"BTCUSDT\","
              + "\"t\":7,\"p\":\"1.50\",\"q\":\"2\",\"T\":3,\"m\":true,\"M\":true}}",
          "{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":1,"
              + "\"s\":\"BTCUSDT\",\"a\":7,\"p\":\"1.50\",\"q\":\"2\",\"f\":3,\"l\":4,\"T\":3}}",
          "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1,"
              + "\"s\":\"BTCUSDT\",\"U\":101,\"u\":103,\"b\":[[\"1\",\"2\"]],\"a\":[]}}",
          "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":5,\"s\":\"BTCUSDT\",\"b\":\"1\","
              + "\"B\":\"2\",\"a\":\"3\",\"A\":\"4\"}}",
          "{\"stream\":\"btcusdt@miniTicker\",\"data\":{\"e\":\"24hrMiniTicker\",\"E\":5,"
              + "\"s\":\"BTCUSDT\",\"c\":\"1\",\"o\":\"1\",\"h\":\"1\",\"l\":\"1\",\"v\":\"1\","
              + "\"q\":\"1\"}}",
          "{\"result\":null,\"id\":1}",
          "{\"error\":{\"code\":2,\"msg\":\"Invalid request\"},\"id\":1}",
          "{\"code\":2,\"msg\":\"Invalid request\"}",
          "{\"e\":\"serverShutdown\",\"E\":1}",
          "{\"lastUpdateId\":102,\"bids\":[[\"1\",\"2\"]],\"asks\":[[\"3\",\"2\"]]}",
          "[{\"a\":1,\"p\":\"1\",\"q\":\"1\",\"f\":8,\"l\":9,\"T\":1,\"m\":true}]",
          "{\"symbols\":[{\"symbol\":\"BTCUSDT\",\"status\":\"HALT\",\"baseAsset\":\"BTC\","
              + "\"quoteAsset\":\"USDT\",\"filters\":[]}]}");

  private static final List<String> CALLS =
      List.of(
          "depth:BTCUSDT:1000",
          "depth:BTCUSDT",
          "depth:BTCUSDT:x",
          "depth:",
          "aggTrades:BTCUSDT",
          "exchangeInfo:1",
          "other");

  @Property(tries = 1500)
  void aConversationGoesOnAfterAnything(@ForAll long seed) {
    Random random = new Random(seed);
    Conversation talk = Conversation.of(Detail.BOOK);
    for (int i = 0; i < 30; i++) {
      talk.pass(random.nextInt(3) * 100L);
      byte[] damaged = damaged(random, FRAMES.get(random.nextInt(FRAMES.size())));
      talk.arrive(
          random.nextBoolean()
              ? new Arrival.Frame(A, true, damaged, talk.now())
              : new Arrival.Answer(
                  CALLS.get(random.nextInt(CALLS.size())),
                  random.nextInt(4) == 0 ? 100 + random.nextInt(500) : 200,
                  damaged,
                  talk.now()));
    }
    talk.ticks.clear();
    talk.pass(TradeSequence.MAX_HELD_MILLIS + 100);
    talk.trade(A, 4_000_000_000_000_000_000L);
    talk.trade(A, 4_000_000_000_000_000_001L);
    List<String> trades = talk.story("trade");
    assertEquals("trade 4000000000000000001", trades.getLast());
    assertTrue(trades.size() >= 2, trades::toString);
  }

  private static byte[] damaged(Random random, String json) {
    byte[] bytes = Conversation.bytes(json);
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          random.nextBoolean() ? (byte) random.nextInt(256) : (byte) ('0' + random.nextInt(10));
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
