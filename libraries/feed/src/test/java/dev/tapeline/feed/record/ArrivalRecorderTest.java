package dev.tapeline.feed.record;

import static dev.tapeline.feed.record.Recordings.T0;
import static dev.tapeline.feed.record.Recordings.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.market.instrument.Instrument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArrivalRecorderTest {

  @TempDir Path folder;

  private ArrivalRecorder recorder(RecorderOptions options) {
    return ArrivalRecorder.start(Recordings.HEADER, options);
  }

  @Test
  void aFullQueueLeavesMarkedHolesAndNothingElse() throws IOException {
    RecorderOptions options = new RecorderOptions(folder, "nse", 1 << 20, 50, 1 << 20);
    long sent = 0;
    try (ArrivalRecorder recorder = recorder(options)) {
      while (recorder.lost() == 0) {
        recorder.onArrival(frame("" + sent, T0 + sent));
        sent++;
      }
      long before = sent;
      await(() -> recorder.recorded() + recorder.lost() == before);
      recorder.onArrival(frame("" + sent, T0 + sent));
      sent++;
    }
    long next = T0;
    long holes = 0;
    for (Entry entry : ReadEntries.all(PartName.list(folder, "nse").getFirst()).entries) {
      switch (entry) {
        case Entry.Arrived(Arrival arrival) -> assertEquals(next++, arrival.received());
        case Entry.Lost(long count, long from, long to) -> {
          assertEquals(next, from);
          assertEquals(next + count - 1, to);
          next += count;
          holes++;
        }
        case Entry.Begun _ -> throw new AssertionError("nothing has begun anew");
      }
    }
    assertEquals(T0 + sent, next);
    assertTrue(holes > 0);
  }

  @Test
  void whatAConversationNeedsSurvivesAHole() {
    ArrivalQueue queue = new ArrivalQueue(1, 1000);
    Arrival opened = new Arrival.Opened("feed-1", T0 + 3);
    queue.add(frame("1", T0));
    queue.add(frame("2", T0 + 1));
    queue.add(frame("3", T0 + 2));
    queue.add(opened);
    queue.add(frame("4", T0 + 4));
    ArrivalQueue.Taken taken = queue.take(ArrivalQueue.none());
    assertEquals(List.of(arrived(frame("1", T0))), taken.entries());
    assertEquals(List.of(arrived(opened)), taken.kept());
    assertEquals(3, taken.lost());
    assertEquals(T0 + 1, taken.lostFrom());
    assertEquals(T0 + 4, taken.lostTo());
    queue.add(frame("5", T0 + 5));
    ArrivalQueue.Taken next = queue.take(ArrivalQueue.none());
    assertEquals(List.of(arrived(frame("5", T0 + 5))), next.entries());
    assertEquals(0, next.lost());
  }

  private static Entry arrived(Arrival arrival) {
    return new Entry.Arrived(arrival);
  }

  @Test
  void aConversationThatBeginsKnowsNothingOfTheOneBefore() throws IOException {
    try (ArrivalRecorder recorder = recorder(RecorderOptions.of(folder, "nse"))) {
      recorder.onConversation(T0);
      recorder.onArrival(new Arrival.Opened("feed-1", T0 + 1));
      recorder.onConversation(T0 + 2);
      recorder.onArrival(new Arrival.Opened("feed-2", T0 + 3));
      recorder.onArrival(frame("1", T0 + 4));
    }
    Path file = PartName.list(folder, "nse").getFirst();
    assertEquals(
        List.of(
            new Entry.Begun(T0),
            arrived(new Arrival.Opened("feed-1", T0 + 1)),
            new Entry.Begun(T0 + 2),
            arrived(new Arrival.Opened("feed-2", T0 + 3)),
            arrived(frame("1", T0 + 4))),
        ReadEntries.all(file).entries);
    ReadEntries late = ReadEntries.between(file, T0 + 4, Long.MAX_VALUE);
    assertEquals(List.of(new Arrival.Opened("feed-2", T0 + 3)), late.restated);
  }

  @Test
  void theQueueIsBoundedByBytesToo() {
    ArrivalQueue queue = new ArrivalQueue(1000, 200);
    queue.add(frame("x".repeat(100), T0));
    queue.add(frame("x".repeat(100), T0 + 1));
    queue.add(frame("", T0 + 2)); // there is room for it, but not in its place
    ArrivalQueue.Taken taken = queue.take(ArrivalQueue.none());
    assertEquals(1, taken.entries().size());
    assertEquals(2, taken.lost());
  }

  @Test
  void aQuietSourceIsInItsFileWithinASecondOrSo() throws IOException {
    try (ArrivalRecorder recorder = recorder(RecorderOptions.of(folder, "nse"))) {
      recorder.onArrival(frame("1", T0));
      await(() -> recorder.bytes() > 0);
      Path open = PartName.list(folder, "nse").getFirst();
      assertEquals("nse-20261129T0915.tlr.part", open.getFileName().toString());
      assertEquals(List.of(frame("1", T0)), ReadEntries.all(open).arrivals());
    }
    Path whole = PartName.list(folder, "nse").getFirst();
    assertEquals("nse-20261129T0915.tlr", whole.getFileName().toString());
    assertEquals(List.of(frame("1", T0)), ReadEntries.all(whole).arrivals());
  }

  @Test
  void aDiskThatComesBackIsWrittenToAgainAndTheHoleIsMarked() throws IOException {
    Arrival opened = new Arrival.Opened("feed-0", T0 + 1);
    Path taken = Files.createFile(folder.resolve("a")); // a file in the place of the folder
    try (ArrivalRecorder recorder = recorder(RecorderOptions.of(taken, "nse"))) {
      recorder.onArrival(frame("1", T0));
      recorder.onArrival(opened);
      await(() -> recorder.failures() > 0 && recorder.lost() == 2);
      Files.delete(taken);
      long at = T0 + 2;
      while (recorder.recorded() == 0) {
        recorder.onArrival(new Arrival.Time(at++));
        Thread.onSpinWait();
      }
    }
    ReadEntries read = ReadEntries.all(PartName.list(taken, "nse").getFirst());
    assertEquals(List.of(opened), read.restated);
    List<Entry> entries = read.entries;
    Entry.Lost hole = (Entry.Lost) entries.getFirst();
    assertEquals(T0, hole.from());
    assertEquals(T0 + hole.count(), entries.get(1).received());
  }

  @Test
  void optionsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> RecorderOptions.of(folder, "a/b"));
    assertThrows(
        IllegalArgumentException.class, () -> new RecorderOptions(folder, "a", 1, 1, 1L << 40));
    assertThrows(IllegalArgumentException.class, () -> new RecorderOptions(folder, "a", 0, 1, 1));
  }

  @Test
  void theSameListMakesTheSameBytes() {
    Watchlist list =
        new Watchlist(
            Map.of(Instrument.binance("B"), Detail.BOOK, Instrument.binance("A"), Detail.BOOK),
            Set.of());
    List<String> symbols = new ArrayList<>();
    String text = new String(new WatchlistJson().write(list), StandardCharsets.UTF_8);
    for (String symbol : List.of("\"A\"", "\"B\"")) {
      symbols.add(text.indexOf(symbol) > 0 ? symbol : "");
    }
    assertEquals(List.of("\"A\"", "\"B\""), symbols);
    assertTrue(text.indexOf("\"A\"") < text.indexOf("\"B\""), text);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not within 30 s");
      Thread.onSpinWait();
    }
  }
}
