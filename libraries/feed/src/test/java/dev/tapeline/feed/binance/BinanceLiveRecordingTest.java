package dev.tapeline.feed.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Real recordings as arrivals of a session. */
class BinanceLiveRecordingTest {

  private static final String FOUR = "crypto/binance_spot_4symbols_20211012.lines";
  private static final String SNAPSHOTS = "crypto/binance_spot_4symbols_20211012.snapshots";
  private static final Pattern FRAME = Pattern.compile("([0-9.]+): (\\{.*)");
  private static final Pattern SNAPSHOT =
      Pattern.compile(".*symbol=([A-Z]+)&limit=([0-9]+) -> ([0-9.]+): (\\{.*)");
  private static final Pattern IDS = Pattern.compile("\"U\":([0-9]+),\"u\":([0-9]+)");

  private final Conversation talk = new Conversation(BinanceOptions.DEFAULT, true);

  @Test
  void fourSymbolsGetInStepWithTheirSnapshotsWithoutAGap() {
    talk.watch(Detail.BOOK, "NKNUSDT", "BLZETH", "LRCBTC", "RUNEEUR");
    talk.opened(Conversation.A);
    fourSymbols().forEach(talk::arrive);
    Map<String, OrderBook> books = new HashMap<>();
    Map<String, Integer> snapshots = new TreeMap<>();
    for (Tick tick : talk.ticks.ticks()) {
      if (tick instanceof Tick.Depth depth) {
        String symbol = depth.instrument().symbol();
        snapshots.merge(symbol, depth.snapshot() ? 1 : 0, Integer::sum);
        books.computeIfAbsent(symbol, _ -> new OrderBook(OrderBook.Start.SNAPSHOT)).apply(depth);
      }
    }
    assertEquals(Map.of("BLZETH", 1, "LRCBTC", 1, "NKNUSDT", 1, "RUNEEUR", 1), snapshots);
    Map<String, Long> last = new TreeMap<>();
    books.forEach((symbol, book) -> last.put(symbol, book.isWhole() ? book.lastId() : 0));
    assertEquals(lastIds(), last);
    assertEquals(List.of(), talk.faults);
  }

  @Test
  void thereAreAsManyEventsAsTheRecordingIsSaidToHave() {
    Map<String, Integer> events = new TreeMap<>();
    for (Arrival arrival : fourSymbols()) {
      if (arrival instanceof Arrival.Frame frame && text(frame).contains("depthUpdate")) {
        events.merge(symbolOf(text(frame)), 1, Integer::sum);
      }
    }
    assertEquals(Map.of("BLZETH", 10, "LRCBTC", 15, "NKNUSDT", 150, "RUNEEUR", 2), events);
  }

  /** The ids of the last changes. */
  private static Map<String, Long> lastIds() {
    Map<String, Long> ids = new TreeMap<>();
    for (Arrival arrival : fourSymbols()) {
      if (arrival instanceof Arrival.Frame frame) {
        Matcher matcher = IDS.matcher(text(frame));
        if (matcher.find()) {
          ids.put(symbolOf(text(frame)), Long.parseLong(matcher.group(2)));
        }
      }
    }
    return ids;
  }

  private static String text(Arrival.Frame frame) {
    return new String(frame.payload(), StandardCharsets.UTF_8);
  }

  private static String symbolOf(String json) {
    return json.replaceAll(".*\"s\":\"([A-Z]+)\".*", "$1");
  }

  private static List<Arrival> fourSymbols() {
    List<Arrival> arrivals = new ArrayList<>();
    for (String line : lines(FOUR)) {
      Matcher matcher = FRAME.matcher(line);
      if (matcher.matches()) {
        long time = millis(matcher.group(1));
        arrivals.add(
            new Arrival.Frame(Conversation.A, true, Conversation.bytes(matcher.group(2)), time));
      }
    }
    for (String line : lines(SNAPSHOTS)) {
      Matcher matcher = SNAPSHOT.matcher(line);
      if (matcher.matches()) {
        String call = "depth:%s:%s".formatted(matcher.group(1), matcher.group(2));
        long time = millis(matcher.group(3));
        arrivals.add(new Arrival.Answer(call, 200, Conversation.bytes(matcher.group(4)), time));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::received));
    return arrivals;
  }

  private static long millis(String seconds) {
    return (long) (Double.parseDouble(seconds) * 1000);
  }

  @Test
  void aBookWithoutASnapshotIsNeverShown() {
    btcusdt(false);
    assertEquals(List.of(), talk.story("whole"));
    assertEquals(List.of(), talk.story("change"));
    assertEquals(
        LongStream.rangeClosed(3735683259L, 3735693015L).mapToObj("trade %d"::formatted).toList(),
        talk.story("trade"));
    assertEquals(List.of(), talk.faults);
  }

  @Test
  void withItsSnapshotsTheBookHasTheBestOfEveryQuoteItCanBeComparedWith() {
    btcusdt(true);
    TreeMap<Long, Tick.Quote> quotes = new TreeMap<>();
    for (Tick tick : talk.ticks.ticks()) {
      if (tick instanceof Tick.Quote quote) {
        quotes.put(quote.updateId(), quote);
      }
    }
    OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
    int compared = 0;
    for (Tick tick : talk.ticks.ticks()) {
      if (tick instanceof Tick.Depth depth) {
        book.apply(depth);
        compared += compare(book, quotes) ? 1 : 0;
      }
    }
    assertTrue(compared > 2500, "compared only " + compared);
    assertEquals(0, book.gaps());
    assertEquals(List.of("book-range"), talk.faults); // prices fall by more than the snapshot has
  }

  @Test
  void whenPricesMoveToTheEndOfTheSnapshotAnotherOneIsAskedForWhileTheBookGoesOn() {
    btcusdt(true);
    OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
    int fewest = 50;
    for (Tick tick : talk.ticks.ticks()) {
      if (tick instanceof Tick.Depth depth) {
        book.apply(depth);
        fewest = Math.min(fewest, Math.min(book.bids(50).size(), book.asks(50).size()));
      }
    }
    assertTrue(fewest > 0 && fewest < 50, "fewest levels: " + fewest);
    assertEquals(2, talk.take("call depth").size());
  }

  private static boolean compare(OrderBook book, TreeMap<Long, Tick.Quote> quotes) {
    Map.Entry<Long, Tick.Quote> quote = quotes.floorEntry(book.lastId());
    assertTrue(book.isWhole());
    if (quote == null) {
      return false;
    }
    assertEquals(quote.getValue().bid(), best(book.bids(1)));
    assertEquals(quote.getValue().ask(), best(book.asks(1)));
    return true;
  }

  private static @Nullable BestPrice best(List<Level> levels) {
    return BestPrice.of(levels.getFirst());
  }

  /** Its snapshots are among the frames, as lines that no stream has sent. */
  private void btcusdt(boolean withSnapshots) {
    talk.watch(Detail.BOOK, "BTCUSDT");
    talk.opened(Conversation.A);
    for (String line : lines(SharedFiles.BINANCE)) {
      int space = line.indexOf(' ');
      long time = Long.parseLong(line.substring(0, space)) / 1_000_000;
      String json = line.substring(space + 1);
      byte[] body = Conversation.bytes(json);
      if (!json.startsWith("{\"lastUpdateId\"")) {
        talk.arrive(new Arrival.Frame(Conversation.A, true, body, time));
      } else if (withSnapshots) {
        talk.arrive(new Arrival.Answer("depth:BTCUSDT:1000", 200, body, time));
      }
    }
  }

  private static List<String> lines(String name) {
    Path file = SharedFiles.path(name);
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
