package dev.tapeline.feed.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The real recording, frame by frame. */
class BinanceRecordingTest {

  private final List<String> frames = frames();
  private final List<Tick> ticks = decode(frames);

  @Test
  void everyTradeIsDecodedOnceAndInOrder() {
    List<Long> ids =
        ticks.stream()
            .filter(Tick.Trade.class::isInstance)
            .map(tick -> ((Tick.Trade) tick).id())
            .toList();
    assertEquals(LongStream.rangeClosed(3735683259L, 3735693015L).boxed().toList(), ids);
    assertEquals(9757, ids.size());
  }

  @Test
  void everyFrameIsMarketDataAndItsOwnBytesAreThoseOfItsEnvelope() {
    assertEquals(41_249, ticks.size());
    for (int i = 0; i < ticks.size(); i++) {
      String frame = frames.get(i);
      String data = frame.substring(frame.indexOf("\"data\":") + 7, frame.length() - 1);
      if (ticks.get(i) instanceof Tick.Trade trade) {
        assertEquals(data, String.valueOf(trade.raw()));
      } else if (ticks.get(i) instanceof Tick.Depth depth && !depth.snapshot()) {
        assertEquals(data, String.valueOf(depth.raw()));
      }
    }
  }

  /**
   * After the change that ends at id u, the best prices of the book are those of the newest quote
   * with an id up to u: the exchange sends one for each change of its best.
   */
  @Test
  void theBookHasTheBestOfEveryQuoteItCanBeComparedWith() {
    TreeMap<Long, Tick.Quote> quotes = new TreeMap<>();
    for (Tick tick : ticks) {
      if (tick instanceof Tick.Quote quote) {
        quotes.put(quote.updateId(), quote);
      }
    }
    OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
    int compared = 0;
    for (Tick tick : ticks) {
      if (tick instanceof Tick.Depth depth) {
        book.apply(depth);
        Map.Entry<Long, Tick.Quote> quote = quotes.floorEntry(book.lastId());
        if (book.isWhole() && quote != null) {
          assertEquals(quote.getValue().bid(), BestPrice.of(book.bids(1).getFirst()));
          assertEquals(quote.getValue().ask(), BestPrice.of(book.asks(1).getFirst()));
          compared++;
        }
      }
    }
    assertTrue(compared > 3400, "compared only " + compared);
    assertEquals(0, book.gaps());
    assertTrue(book.isWhole());
  }

  private static List<Tick> decode(List<String> frames) {
    BinanceDecoder decoder = new BinanceDecoder(Instrument::binance);
    TickBuffer ticks = new TickBuffer();
    for (String frame : frames) {
      byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
      Decoded decoded = decoder.decode(bytes, 0, bytes.length, 0, ticks);
      assertInstanceOf(Decoded.Read.class, decoded, frame);
    }
    return ticks.ticks();
  }

  private static List<String> frames() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SharedFiles.path(SharedFiles.BINANCE))),
                StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
