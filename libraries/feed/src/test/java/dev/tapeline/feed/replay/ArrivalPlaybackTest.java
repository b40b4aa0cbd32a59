package dev.tapeline.feed.replay;

import static dev.tapeline.feed.replay.ScriptedVendor.frame;
import static dev.tapeline.feed.replay.ScriptedVendor.watch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedRecorder;
import dev.tapeline.feed.FeedStatus.State;
import dev.tapeline.feed.record.ArrivalRecorder;
import dev.tapeline.feed.record.ArrivalRecording;
import dev.tapeline.feed.record.RecorderOptions;
import dev.tapeline.feed.record.RecordingHeader;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SilentLink;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArrivalPlaybackTest {

  /** 09:15 in India. */
  private static final long T0 = Instant.parse("2026-11-30T03:45:00Z").toEpochMilli();

  private static final ReplayOptions MAX = new ReplayOptions(Pace.MAX, false, false);

  @TempDir Path folder;
  private final FeedRecorder recorder = new FeedRecorder();
  private final ScriptedVendor vendor = new ScriptedVendor();
  private final List<ReplayFeed> feeds = new ArrayList<>();

  @AfterEach
  void close() {
    feeds.forEach(ReplayFeed::close);
  }

  /** Half a minute of a session with two lists, and a socket that breaks once. */
  private static List<Arrival> session() {
    List<Arrival> all = new ArrayList<>();
    all.add(watch(T0, "A"));
    all.add(new Arrival.Opened("ticks", T0 + 5));
    for (int i = 0; i < 300; i++) {
      long time = T0 + 100L * i;
      all.add(new Arrival.Time(time + 10));
      if (i == 100) {
        all.add(watch(time + 11, "A", "B"));
      }
      if (i == 200) {
        all.add(new Arrival.Ended("ticks", new SocketEnd.Broken("reset"), time + 12));
      }
      if (i == 210) {
        all.add(new Arrival.Opened("ticks", time + 12));
      }
      all.add(frame(time + 20, (i % 3 == 0 ? "B " : "A ") + i));
      if (i % 7 == 0) {
        all.add(frame(time + 20, "A 0." + i));
      }
    }
    return all;
  }

  private Path record(List<Arrival> arrivals, long maxFileBytes) throws IOException {
    RecordingHeader header =
        new RecordingHeader("nse", "dhan", Map.of(), ZoneId.of("Asia/Kolkata"));
    RecorderOptions options = new RecorderOptions(folder, "nse", maxFileBytes, 100_000, 1 << 26);
    try (ArrivalRecorder recorder = ArrivalRecorder.start(header, options)) {
      arrivals.forEach(recorder::onArrival);
    }
    return first();
  }

  private Path first() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith("0915.tlr")).findFirst().orElseThrow();
    }
  }

  /** What a live feed tells of these arrivals. */
  private List<String> live(List<Arrival> arrivals) {
    Told told = new Told();
    VendorSession session = vendor.converse(new SilentLink((_, _) -> {}));
    for (Arrival arrival : arrivals) {
      session.onArrival(arrival, told);
      if (arrival instanceof Arrival.Time(long received)) {
        told.onTime(received);
      }
    }
    return told.all();
  }

  private ReplayFeed play(Path file, ReplayRange range, ReplayOptions options, TickListener ticks) {
    ReplayFeed feed =
        new ReplayFeed(
            new ArrivalPlayback(new ArrivalRecording(file), vendor, range),
            options,
            ReplayGate.OPEN,
            InstantSource.system());
    feeds.add(feed);
    feed.start(recorder, ticks);
    return feed;
  }

  @Test
  void aReplayTellsWhatTheLiveFeedHasTold() throws IOException {
    List<Arrival> session = session();
    List<String> live = live(session);
    for (long fileBytes : new long[] {1 << 30, 1000}) {
      Path file = record(session, fileBytes);
      for (Pace pace : List.of(Pace.MAX, new Pace(1000))) {
        Told told = new Told();
        ReplayFeed feed = play(file, ReplayRange.ALL, new ReplayOptions(pace, false, false), told);
        awaitPass(feed);
        assertEquals(live, told.all());
      }
      deleteAll();
    }
    assertTrue(live.stream().anyMatch(it -> it.contains("symbol=B")));
    assertEquals(State.CLOSED, recorder.states().getLast());
  }

  private void awaitPass(ReplayFeed feed) {
    recorder.await(_ -> feed.status().state() == State.CLOSED && feed.passes() == 1);
  }

  private void deleteAll() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aRangeIsWhatTheWholeReplayTellsOfIt() throws IOException {
    List<Arrival> session = session();
    Path file = record(session, 1000);
    ReplayRange range =
        new ReplayRange(
            ReplayTime.parse("09:15:12"), ReplayTime.parse("2026-11-30T09:15:25+05:30"));
    play(file, range, MAX, recorder);
    recorder.awaitEnd();
    FeedRecorder whole = new FeedRecorder();
    VendorSession live = vendor.converse(new SilentLink((_, _) -> {}));
    session.forEach(arrival -> live.onArrival(arrival, whole));
    assertEquals(
        whole.ticks().stream()
            .filter(it -> it.times().received() >= T0 + 12_000)
            .filter(it -> it.times().received() < T0 + 25_000)
            .map(ArrivalPlaybackTest::said)
            .toList(),
        recorder.ticks().stream().map(ArrivalPlaybackTest::said).toList());
    assertFalse(recorder.ticks().isEmpty());
    assertTrue(recorder.story().contains("time " + (T0 + 12_010)), "its first step");
    assertFalse(recorder.story().contains("time " + (T0 + 11_910)), "a step of before");
  }

  /** A tick without its number, which counts from the beginning of the conversation. */
  private static String said(Tick tick) {
    return tick.instrument().symbol() + ((Tick.Trade) tick).price() + tick.times();
  }

  @Test
  void aRangeOfNothingIsSaidAtOnce() throws IOException {
    Path file = record(session(), 1 << 30);
    assertRefused(file, "20:00", null, "no arrival is in its range");
    assertRefused(file, "09:20", "09:20", "to must be later");
  }

  private void assertRefused(Path file, String from, String to, String reason) {
    ReplayRange range =
        new ReplayRange(ReplayTime.parse(from), to == null ? null : ReplayTime.parse(to));
    String message =
        assertThrows(FeedException.class, () -> play(file, range, MAX, recorder)).getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void damageIsAFaultAndTheRestIsPlayed() throws IOException {
    Path file = record(session(), 1 << 30);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    play(file, ReplayRange.ALL, MAX, recorder);
    recorder.awaitEnd();
    List<String> damage =
        recorder.faults().stream()
            .map(FeedFault::reason)
            .filter(it -> it.contains("damaged"))
            .toList();
    assertEquals(1, damage.size(), recorder.faults().toString());
    assertTrue(damage.getFirst().contains("nse-20261130T0915.tlr at byte"), damage.toString());
    assertTrue(recorder.ticks().size() > 100, recorder.ticks().size() + " ticks");
  }

  @Test
  void aHoleIsAFaultThatSaysHowManyAndWhen() throws IOException {
    RecordingHeader header =
        new RecordingHeader("nse", "dhan", Map.of(), ZoneId.of("Asia/Kolkata"));
    RecorderOptions options = new RecorderOptions(folder, "nse", 1 << 30, 20, 1 << 20);
    long sent = 0;
    long lost;
    try (ArrivalRecorder arrivals = ArrivalRecorder.start(header, options)) {
      arrivals.onArrival(watch(T0, "A"));
      arrivals.onArrival(new Arrival.Opened("ticks", T0));
      while (arrivals.lost() == 0) {
        arrivals.onArrival(frame(T0, "A " + ++sent));
      }
      arrivals.close();
      lost = arrivals.lost();
    }
    play(first(), ReplayRange.ALL, MAX, recorder);
    recorder.awaitEnd();
    assertEquals(sent - lost, recorder.ticks().size());
    long said = 0;
    for (FeedFault fault : recorder.faults()) {
      String reason = fault.reason();
      assertTrue(
          reason.endsWith(
              " arrivals between 2026-11-30T03:45:00Z and 2026-11-30T03:45:00Z were not recorded"),
          reason);
      said += Long.parseLong(reason.replaceAll("\\D*(\\d+) arrivals.*", "$1"));
    }
    assertEquals(lost, said);
  }

  @Test
  void aLoopIsAnotherConversation() throws IOException {
    Path file =
        record(
            List.of(watch(T0, "A"), new Arrival.Opened("ticks", T0), frame(T0 + 1, "A 5")),
            1 << 30);
    ReplayFeed feed =
        play(file, ReplayRange.ALL, new ReplayOptions(Pace.MAX, true, false), recorder);
    recorder.await(r -> r.tradeIds().size() >= 3);
    feed.close();
    assertEquals(List.of(1L, 1L, 1L), recorder.tradeIds().subList(0, 3));
    assertTrue(recorder.ticks().get(1) instanceof Tick.SessionStart, recorder.ticks().toString());
    assertTrue(vendor.conversations >= 3);
  }

  @Test
  void anotherRunOfTheRecorderIsAnotherConversation() throws IOException {
    List<Arrival> one =
        List.of(watch(T0, "A"), new Arrival.Opened("ticks", T0), frame(T0 + 1, "A 5"));
    record(one, 1 << 30);
    record(
        List.of(
            watch(T0 + 100, "B"), new Arrival.Opened("ticks", T0 + 100), frame(T0 + 101, "B 6")),
        1 << 30);
    play(first(), ReplayRange.ALL, MAX, recorder);
    recorder.awaitEnd();
    assertEquals(List.of(1L, 1L), recorder.tradeIds());
    assertEquals(
        List.of("Trade " + (T0 + 1), "start over", "Trade " + (T0 + 101)), recorder.story());
    assertEquals(List.of(), recorder.faults());
  }

  @Test
  void timeIsOnlyThatOfTheRecording() throws IOException {
    Path file =
        record(
            List.of(
                watch(T0, "A"),
                new Arrival.Opened("ticks", T0),
                new Arrival.Time(T0 + 1),
                frame(T0 + 300, "A 5"),
                new Arrival.Time(T0 + 301)),
            1 << 30);
    play(file, ReplayRange.ALL, new ReplayOptions(new Pace(1), false, false), recorder);
    recorder.awaitEnd();
    assertEquals(
        List.of("time " + (T0 + 1), "Trade " + (T0 + 300), "time " + (T0 + 301)), recorder.story());
  }

  @Test
  void faultsOfTheVendorAreTold() throws IOException {
    Path file = record(List.of(watch(T0, "A"), frame(T0, "Z 1")), 1 << 30);
    play(file, ReplayRange.ALL, MAX, recorder);
    recorder.awaitEnd();
    assertEquals("left out: symbol: nobody watches Z", recorder.faults().getFirst().reason());
    assertEquals(1, recorder.faults().size());
  }
}
