package dev.tapeline.feed.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedRecorder;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.FeedStatus.State;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReplayFeedTest {

  private static final long T0 = 1_723_161_254_000_000_000L;
  private static final ReplayOptions MAX = new ReplayOptions(Pace.MAX, false, false);

  @TempDir Path folder;
  private final FeedRecorder recorder = new FeedRecorder();
  private final List<ReplayFeed> feeds = new ArrayList<>();

  @AfterEach
  void close() {
    feeds.forEach(ReplayFeed::close);
  }

  @Test
  void playsTheRealRecordingWholeAndInOrder() {
    ReplayFeed feed = feed(SharedFiles.path(SharedFiles.BINANCE), MAX, ReplayGate.OPEN);
    feed.start(recorder, recorder);
    recorder.awaitEnd();
    assertEquals(
        LongStream.rangeClosed(3735683259L, 3735693015L).boxed().toList(), recorder.tradeIds());
    assertEquals(41_249, recorder.ticks().size());
    assertEquals(List.of(State.REPLAY, State.CLOSED), recorder.states());
    assertEquals(List.of(), recorder.faults());
  }

  @Test
  void theEndIsToldAndSoIsAFailure() throws IOException {
    Path file = file(trade(1, 0).getBytes(StandardCharsets.UTF_8));
    feed(file, MAX, ReplayGate.OPEN).start(recorder, recorder);
    recorder.await(r -> !r.ends().isEmpty());
    assertEquals(List.of("ended"), recorder.ends());
    FeedRecorder other = new FeedRecorder();
    ReplayFeed failing = feed(file, MAX, ReplayGate.OPEN);
    failing.start(other, other.failing());
    other.await(r -> !r.ends().isEmpty());
    assertEquals(List.of("failed: a study broke"), other.ends());
    assertEquals(List.of(State.REPLAY), other.states());
    assertEquals(State.DOWN, failing.status().state());
  }

  @Test
  void plainAndCompressedArePlayedAlike() throws IOException {
    String text = trade(1, 0) + trade(2, 10) + trade(3, 20);
    play(file(text.getBytes(StandardCharsets.UTF_8)));
    play(file(gzip(text)));
    assertEquals(List.of(1L, 2L, 3L, 1L, 2L, 3L), recorder.tradeIds());
  }

  @Test
  void badLinesAreNamedAndTheRestIsPlayed() throws IOException {
    String text =
        trade(1, 0)
            + "garbage\n"
            + trade(2, 1)
            + "\n"
            + T0
            + " {\"e\":\"trade\",\n"
            + "17 {}\n"
            + T0
            + " {\"result\":null,\"id\":1}\r\n"
            + trade(3, 2).strip();
    ReplayFeed feed = play(file(text.getBytes(StandardCharsets.UTF_8)));
    assertEquals(List.of(1L, 2L, 3L), recorder.tradeIds());
    assertEquals(List.of(2L, 5L, 6L), recorder.faults().stream().map(FeedFault::line).toList());
    assertEquals(3, feed.faults());
    assertTrue(
        recorder.faults().get(1).toString().contains("line 5"), recorder.faults().toString());
  }

  @Test
  void aTruncatedArchiveIsPlayedToWhereItBreaksOff() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 5000; i++) {
      text.append(trade(i, i));
    }
    byte[] whole = gzip(text.toString());
    play(file(Arrays.copyOf(whole, whole.length * 2 / 3)));
    List<Long> ids = recorder.tradeIds();
    assertTrue(ids.size() > 1000 && ids.size() < 5000, ids.size() + " trades");
    assertEquals(LongStream.rangeClosed(1, ids.size()).boxed().toList(), ids);
    FeedFault fault = recorder.faults().getLast();
    assertEquals(ids.size() + 1, fault.line());
    assertTrue(fault.reason().contains("breaks off"), fault.reason());
    assertEquals(List.of(State.REPLAY, State.CLOSED), recorder.states());
  }

  @Test
  void aDamagedArchiveIsPlayedToTheDamage() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 5000; i++) {
      text.append(trade(i, i));
    }
    byte[] damaged = gzip(text.toString());
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 200, (byte) 0xff);
    play(file(damaged));
    assertFalse(recorder.tradeIds().isEmpty());
    assertFalse(recorder.faults().isEmpty());
    assertEquals(1, recorder.tradeIds().getFirst());
  }

  @Test
  void whatCannotBePlayedAtAllIsSaidAtOnce() throws IOException {
    assertMessage(
        "there is no recording", () -> feed(folder.resolve("none"), MAX, ReplayGate.OPEN));
    assertMessage("can't be read", () -> feed(folder, MAX, ReplayGate.OPEN));
    Path empty = file(new byte[0]);
    assertMessage("no frame", () -> feed(empty, MAX, ReplayGate.OPEN).start(recorder, recorder));
    Path text = file("hello\nworld\n".getBytes(StandardCharsets.UTF_8));
    assertMessage("line 1:", () -> feed(text, MAX, ReplayGate.OPEN).start(recorder, recorder));
    Path cut = file(Arrays.copyOf(gzip(trade(1, 0)), 5));
    assertMessage("can't be read", () -> feed(cut, MAX, ReplayGate.OPEN).start(recorder, recorder));
    assertEquals(List.of(), recorder.states());
  }

  @Test
  void theRecordedGapsAreKept() throws IOException {
    long start = System.nanoTime();
    Path file = file((trade(1, 0) + trade(2, 5000)).getBytes(StandardCharsets.UTF_8));
    feed(file, new ReplayOptions(new Pace(10), false, false), ReplayGate.OPEN)
        .start(recorder, recorder);
    recorder.awaitEnd();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertTrue(millis >= 500, "played in " + millis + " ms");
    assertEquals(List.of(1L, 2L), recorder.tradeIds());
  }

  @Test
  void timeGoesOnBetweenTheFramesAtEachPace() throws IOException {
    Path file = file((trade(1, 10) + trade(2, 160)).getBytes(StandardCharsets.UTF_8));
    long start = T0 / 1_000_000;
    List<String> told =
        List.of(
            "time " + start,
            "Trade 5",
            "time " + (start + 50),
            "time " + (start + 100),
            "time " + (start + 150),
            "Trade 5",
            "time " + (start + 200));
    for (Pace pace : List.of(Pace.MAX, new Pace(1), new Pace(0.5), new Pace(1000))) {
      FeedRecorder each = new FeedRecorder();
      feed(file, new ReplayOptions(pace, false, false), ReplayGate.OPEN).start(each, each);
      each.awaitEnd();
      assertEquals(told, each.story(), pace.toString());
    }
  }

  @Test
  void timeIsToldWhileAFrameIsAwaited() throws IOException {
    Path file = file((trade(1, 0) + trade(2, 600_000)).getBytes(StandardCharsets.UTF_8));
    ReplayFeed feed = feed(file, ReplayOptions.DEFAULT, ReplayGate.OPEN);
    feed.start(recorder, recorder);
    recorder.await(r -> r.story().size() >= 4);
    assertEquals(1, recorder.ticks().size());
    assertEquals("time " + (T0 / 1_000_000 + 100), recorder.story().get(3));
    assertTrue(recorder.batches() >= 2, recorder.batches() + " batches");
  }

  @Test
  void aJumpOfTheRecordedTimeIsOneStep() throws IOException {
    long jump = 3_601_000;
    Path file = file((trade(1, 0) + trade(2, jump) + trade(3, 0)).getBytes(StandardCharsets.UTF_8));
    feed(file, MAX, ReplayGate.OPEN).start(recorder, recorder);
    recorder.awaitEnd();
    long start = T0 / 1_000_000;
    assertEquals(
        List.of(
            "time " + start,
            "Trade 5",
            "time " + (start + jump),
            "Trade 5",
            "time " + start,
            "Trade 5",
            "time " + (start + 50)),
        recorder.story());
  }

  @Test
  void aLoopStartsOverAndSaysSo() throws IOException {
    Path file = file((trade(1, 0) + trade(2, 1)).getBytes(StandardCharsets.UTF_8));
    ReplayFeed feed = feed(file, new ReplayOptions(Pace.MAX, true, false), ReplayGate.OPEN);
    feed.start(recorder, recorder);
    recorder.await(r -> r.tradeIds().size() >= 6);
    feed.close();
    assertEquals(List.of(1L, 2L, 1L, 2L, 1L, 2L), recorder.tradeIds().subList(0, 6));
    Tick third = recorder.ticks().get(2);
    assertEquals("BTCUSDT", ((Tick.SessionStart) third).instrument().symbol());
    assertEquals(List.of(State.REPLAY, State.REPLAY), recorder.states().subList(0, 2));
    assertEquals(State.CLOSED, recorder.states().getLast());
    assertTrue(feed.passes() >= 2);
    assertEquals(List.of(), recorder.faults());
  }

  @Test
  void waitsForTheFirstSubscriberAndForRoom() throws IOException {
    CountingGate gate = new CountingGate();
    List<Long> ids = LongStream.rangeClosed(1, 33).boxed().toList();
    String lines = ids.stream().map(id -> trade(id, id)).collect(Collectors.joining());
    Path file = file(lines.getBytes(StandardCharsets.UTF_8));
    feed(file, new ReplayOptions(Pace.MAX, false, true), gate).start(recorder, recorder);
    recorder.await(_ -> gate.subscriber.hasQueuedThreads());
    assertEquals(List.of(), recorder.tradeIds());
    gate.subscriber.release();
    gate.room.release();
    recorder.await(r -> r.batches() == 1 && gate.room.hasQueuedThreads());
    assertEquals(ids.subList(0, 32), recorder.tradeIds());
    gate.room.release();
    recorder.awaitEnd();
    assertEquals(ids, recorder.tradeIds());
    assertEquals(2, recorder.batches());
  }

  @Test
  void closingEndsAReplayThatWaits() throws IOException {
    Path file = file((trade(1, 0) + trade(2, 3_600_000)).getBytes(StandardCharsets.UTF_8));
    ReplayFeed feed = feed(file, ReplayOptions.DEFAULT, ReplayGate.OPEN);
    feed.start(recorder, recorder);
    recorder.await(r -> r.tradeIds().size() == 1);
    feed.close();
    assertEquals(List.of(State.REPLAY, State.CLOSED), recorder.states());
    assertEquals(List.of(1L), recorder.tradeIds());
    assertEquals(State.CLOSED, feed.status().state());
  }

  private static final class CountingGate implements ReplayGate {

    final Semaphore subscriber = new Semaphore(0);
    final Semaphore room = new Semaphore(0);

    @Override
    public void awaitFirstSubscriber() throws InterruptedException {
      subscriber.acquire();
    }

    @Override
    public void awaitRoom() throws InterruptedException {
      room.acquire();
    }
  }

  private void assertMessage(String part, Runnable action) {
    String message = assertThrows(FeedException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  private ReplayFeed play(Path file) {
    FeedRecorder each = new FeedRecorder();
    ReplayFeed feed = feed(file, MAX, ReplayGate.OPEN);
    feed.start(each, each);
    each.awaitEnd();
    each.ticks().forEach(recorder::onTick);
    each.faults().forEach(recorder::onFault);
    each.states().forEach(s -> recorder.onStatus(new FeedStatus("", s, 0)));
    return feed;
  }

  private ReplayFeed feed(Path file, ReplayOptions options, ReplayGate gate) {
    ReplayFeed feed =
        new ReplayFeed(
            new Recording(file),
            () -> new BinanceDecoder(Instrument::binance),
            options,
            gate,
            InstantSource.system());
    feeds.add(feed);
    return feed;
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(Files.createTempFile(folder, "recording", ".jsonl"), content);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static String trade(long id, long millis) {
    return ("%d {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":%d,\"p\":\"%d\",\"q\":\"1\","
            + "\"T\":5,\"m\":true}\n")
        .formatted(T0 + millis * 1_000_000, id, 60_000 + id * 7919 % 1009);
  }
}
