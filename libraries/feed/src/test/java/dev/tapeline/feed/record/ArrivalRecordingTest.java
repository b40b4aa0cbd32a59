package dev.tapeline.feed.record;

import static dev.tapeline.feed.record.Recordings.T0;
import static dev.tapeline.feed.record.Recordings.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.market.instrument.Instrument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArrivalRecordingTest {

  private static final long DAY = 86_400_000;

  @TempDir Path folder;

  /** Frames of so many seconds, one each 250 ms: a block has four. */
  private static List<Arrival> frames(int seconds) {
    List<Arrival> frames = new ArrayList<>();
    for (int i = 0; i < 4 * seconds; i++) {
      frames.add(frame("frame " + i, T0 + 250L * i));
    }
    return frames;
  }

  /** A day with lists, sockets and frames. */
  private static List<Arrival> day() {
    List<Arrival> day = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long time = T0 + 500L * i;
      day.add(new Arrival.Time(time));
      if (i % 7 == 0) {
        day.add(watch("S" + i, time));
      }
      if (i % 11 == 3) {
        day.add(new Arrival.Opened("feed-" + i % 3, time + 1));
      }
      if (i % 13 == 5) {
        day.add(new Arrival.Ended("feed-" + i % 3, new SocketEnd.Broken("reset"), time + 2));
      }
      day.add(frame("frame " + i, time + 3));
    }
    return day;
  }

  private static Arrival.Watch watch(String symbol, long time) {
    return new Arrival.Watch(Watchlist.of(Map.of(Instrument.binance(symbol), Detail.QUOTE)), time);
  }

  @Test
  void tornAtAnyByteItLosesAtMostTheLastBlock() throws IOException {
    List<Arrival> frames = frames(3);
    Path whole = Recordings.write(folder, frames);
    byte[] bytes = Files.readAllBytes(whole);
    int begin = PartReader.header(whole).length();
    Path torn = folder.resolve("torn.tlr.part");
    int[] ends = {begin, 0, 0, 0};
    List<PartIndex.Place> places = index(whole).places();
    for (int i = 0; i < 3; i++) {
      ends[i + 1] = (int) places.get(i).end();
    }
    for (int length = begin; length <= bytes.length; length++) {
      Files.write(torn, Arrays.copyOf(bytes, length));
      int at = length;
      long blocks = Arrays.stream(ends).filter(end -> end <= at).count() - 1;
      ReadEntries read = ReadEntries.all(torn);
      assertEquals(frames.subList(0, (int) blocks * 4), read.arrivals(), "at " + length);
      boolean clean = Arrays.stream(ends).anyMatch(end -> end == at);
      assertEquals(clean ? 0 : 1, read.damage.size(), "at " + length + read.damage);
    }
    for (int length = 0; length < begin; length++) {
      Files.write(torn, Arrays.copyOf(bytes, length));
      assertThrows(FeedException.class, () -> new ArrivalRecording(torn));
    }
  }

  private static PartIndex index(Path file) throws IOException {
    try (PartReader reader = new PartReader(file)) {
      return reader.index();
    }
  }

  @Test
  void aFlippedBitLosesOneBlockAndIsSaid() throws IOException {
    List<Arrival> frames = frames(4);
    Path whole = Recordings.write(folder, frames);
    byte[] bytes = Files.readAllBytes(whole);
    List<PartIndex.Place> places = index(whole).places();
    Path flipped = folder.resolve("flipped.tlr");
    for (int at = (int) places.getFirst().offset(); at < bytes.length; at++) {
      byte[] wrong = bytes.clone();
      wrong[at] ^= (byte) (1 << (at % 8));
      Files.write(flipped, wrong);
      int block = blockOf(places, at);
      List<Arrival> rest = new ArrayList<>(frames);
      rest.subList(block * 4, block * 4 + 4).clear();
      ReadEntries read = ReadEntries.all(flipped);
      assertEquals(rest, read.arrivals(), "at " + at);
      assertEquals(1, read.damage.size(), "at " + at);
      Files.delete(PartIndex.fileOf(flipped));
    }
  }

  private static int blockOf(List<PartIndex.Place> places, int at) {
    int block = 0;
    while (places.get(block).end() <= at) {
      block++;
    }
    return block;
  }

  @Test
  void aDamagedHeaderIsSaid() throws IOException {
    Path file = Recordings.write(folder, frames(1));
    byte[] bytes = Files.readAllBytes(file);
    int begin = PartReader.header(file).length();
    for (int at = 0; at < begin; at++) {
      byte[] wrong = bytes.clone();
      wrong[at] ^= 4;
      Files.write(file, wrong);
      String message =
          assertThrows(FeedException.class, () -> new ArrivalRecording(file)).getMessage();
      assertTrue(message.contains(file.toString()), message);
    }
  }

  @Test
  void aFileThatIsDamagedAmongOthersIsLeftOut() throws IOException {
    List<Arrival> frames = frames(3);
    Recordings.write(Recordings.HEADER, small(), frames);
    List<Path> files = PartName.list(folder, "nse");
    assertEquals(3, files.size());
    Files.write(files.get(1), new byte[] {1, 2, 3});
    ReadEntries read = ReadEntries.all(files.getFirst());
    List<Arrival> rest = new ArrayList<>(frames);
    rest.subList(4, 8).clear();
    assertEquals(rest, read.arrivals());
    assertEquals(1, read.damage.size());
    assertEquals(2, read.conversations);
  }

  /** Files of one block each. */
  private RecorderOptions small() {
    int header = new PartHeader(Recordings.HEADER, T0, 1).encode().length;
    return new RecorderOptions(folder, "nse", header + 3, 1000, 1 << 20);
  }

  @Test
  void filesOfOneMinuteAreCountedAndPlayedInOrder() throws IOException {
    List<Arrival> frames = frames(12);
    Recordings.write(Recordings.HEADER, small(), frames);
    List<Path> files = PartName.list(folder, "nse");
    assertEquals(12, files.size());
    assertEquals("nse-20261129T0915.tlr", files.get(0).getFileName().toString());
    assertEquals("nse-20261129T0915-2.tlr", files.get(1).getFileName().toString());
    assertEquals("nse-20261129T0915-12.tlr", files.get(11).getFileName().toString());
    assertEquals(frames, ReadEntries.all(files.getFirst()).arrivals());
    assertEquals(frames.subList(8, 48), ReadEntries.all(files.get(2)).arrivals());
    assertEquals(1, ReadEntries.all(files.getFirst()).conversations);
  }

  @Test
  void aDayEndsInTheZoneOfTheRecording() throws IOException {
    Arrival before = frame("1", 1_795_976_999_999L); // 2026-11-29 23:59:59.999 IST
    Arrival after = frame("2", 1_795_977_000_000L);
    Recordings.write(
        Recordings.in("Asia/Kolkata"), RecorderOptions.of(folder, "nse"), List.of(before, after));
    assertEquals(
        List.of("nse-20261129T2359.tlr", "nse-20261130T0000.tlr"),
        PartName.list(folder, "nse").stream().map(it -> it.getFileName().toString()).toList());
  }

  @Test
  void aFileIsNamedBehindThoseThatAreThereWhateverTheClockSays() throws IOException {
    Recordings.write(Recordings.HEADER, RecorderOptions.of(folder, "nse"), frames(1));
    Arrival earlier = frame("earlier", T0 - DAY);
    Recordings.write(Recordings.HEADER, RecorderOptions.of(folder, "nse"), List.of(earlier));
    List<Path> files = PartName.list(folder, "nse");
    assertEquals("nse-20261129T0915-2.tlr", files.getLast().getFileName().toString());
    ReadEntries read = ReadEntries.all(files.getFirst());
    assertEquals(earlier, read.arrivals().getLast());
    assertEquals(2, read.conversations);
  }

  @Test
  void otherRecordingsInTheFolderAreLeftAlone() throws IOException {
    Recordings.write(Recordings.HEADER, RecorderOptions.of(folder, "nse"), frames(1));
    Recordings.write(Recordings.HEADER, RecorderOptions.of(folder, "nse-2"), frames(2));
    assertEquals(frames(1), ReadEntries.all(folder.resolve("nse-20261129T0915.tlr")).arrivals());
  }

  @Test
  void theIndexIsMadeWhereItIsMissingOrThatOfAnotherState() throws IOException {
    Path file = Recordings.write(folder, day());
    PartIndex index = index(file);
    assertTrue(index.places().size() > 10, index.places().size() + " blocks");
    Path kept = PartIndex.fileOf(file);
    byte[] bytes = Files.readAllBytes(kept);
    Files.delete(kept);
    assertEquals(index, index(file));
    assertEquals(index, PartIndex.read(file, index.fileLength(), index.headerChecksum()).get());
    for (int at = 0; at < bytes.length; at += 29) {
      byte[] wrong = bytes.clone();
      wrong[at] ^= 1;
      Files.write(kept, wrong);
      assertEquals(
          Optional.empty(),
          PartIndex.read(file, index.fileLength(), index.headerChecksum()),
          "at " + at);
      Files.write(kept, Arrays.copyOf(bytes, at));
      assertEquals(index, index(file));
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, (int) index.places().get(5).offset()));
    assertEquals(index.places().subList(0, 5), index(file).places());
  }

  @Test
  void seekingIsReadingAllAndLeavingOutTheBeginning() throws IOException {
    List<Arrival> day = day();
    Recordings.write(
        Recordings.HEADER, new RecorderOptions(folder, "nse", 900, 1000, 1 << 20), day);
    List<Path> files = PartName.list(folder, "nse");
    assertTrue(files.size() > 2, files.toString());
    for (long from = T0 - 300; from < T0 + 31_000; from += 241) {
      for (long length : new long[] {1, 700, DAY}) {
        ReadEntries read = ReadEntries.between(files.getFirst(), from, from + length);
        assertEquals(expected(day, from, from + length), read.arrivals(), "from " + from);
        if (!read.entries.isEmpty()) {
          assertEquals(state(day, from), read.restated, "from " + from);
        }
      }
    }
  }

  private static List<Arrival> expected(List<Arrival> day, long from, long to) {
    return day.stream().filter(it -> it.received() >= from && it.received() < to).toList();
  }

  private static List<Arrival> state(List<Arrival> day, long from) {
    Conversation conversation = new Conversation();
    day.stream()
        .takeWhile(it -> it.received() < from)
        .forEach(it -> conversation.take(new Entry.Arrived(it)));
    return conversation.restated();
  }

  @Test
  void aLaterFileCanBePlayedByItself() throws IOException {
    List<Arrival> day = day();
    Recordings.write(
        Recordings.HEADER, new RecorderOptions(folder, "nse", 900, 1000, 1 << 20), day);
    List<Path> files = PartName.list(folder, "nse");
    ReadEntries read = ReadEntries.all(files.getLast());
    Arrival first = read.arrivals().getFirst();
    int begin = day.indexOf(first);
    assertEquals(day.subList(begin, day.size()), read.arrivals());
    Conversation conversation = new Conversation();
    day.subList(0, begin).forEach(it -> conversation.take(new Entry.Arrived(it)));
    assertFalse(read.restated.isEmpty());
    assertEquals(conversation.restated(), read.restated);
  }

  @Test
  void aFileThatBecomesWholeWhileItIsPlayedIsFound() throws Exception {
    List<Arrival> frames = frames(2);
    Recordings.write(Recordings.HEADER, small(), frames);
    List<Path> files = PartName.list(folder, "nse");
    Path open = Path.of(files.get(1) + PartName.OPEN);
    Files.move(files.get(1), open);
    ReadEntries read =
        new ReadEntries() {
          @Override
          public void onConversation() {
            super.onConversation();
            assertTrue(open.toFile().renameTo(files.get(1).toFile()));
          }
        };
    new ArrivalRecording(files.getFirst()).read(Long.MIN_VALUE, Long.MAX_VALUE, read);
    assertEquals(frames, read.arrivals());
  }

  @Test
  void theBeginIsThatOfTheFirstEntry() throws IOException {
    Path file = Recordings.write(folder, frames(2));
    assertEquals(Optional.of(T0), new ArrivalRecording(file).begin());
    assertEquals(Recordings.HEADER, new ArrivalRecording(file).header());
    assertTrue(ArrivalRecording.isRecording(file));
    assertFalse(ArrivalRecording.isRecording(PartIndex.fileOf(file)));
  }

  @Test
  void anEntryThatIsLargerThanABlockHasItsOwn() throws IOException {
    List<Arrival> large =
        List.of(
            frame("small", T0),
            new Arrival.Answer("master", 200, new byte[3_000_000], T0),
            frame("small too", T0));
    Path file = Recordings.write(folder, large);
    assertEquals(large, ReadEntries.all(file).arrivals());
    assertEquals(3, index(file).places().size());
  }
}
