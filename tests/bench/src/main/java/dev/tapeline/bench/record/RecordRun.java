package dev.tapeline.bench.record;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.dhan.SamplePackets;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.feed.record.ArrivalRecorder;
import dev.tapeline.feed.record.ArrivalRecording;
import dev.tapeline.feed.record.Entry;
import dev.tapeline.feed.record.RecorderOptions;
import dev.tapeline.feed.record.RecordingHeader;
import dev.tapeline.feed.vendor.Arrival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Records frames of Dhan as a feed does, and looks for a time in what was recorded. */
final class RecordRun {

  /** From 09:15 to 15:30 in India. */
  private static final long DAY_MILLIS = 22_500_000;

  private static final long BEGIN = SamplePackets.RECEIVED - 900_000;
  private static final String NAME = "bench";
  private static final String SOCKET = "feed-1";
  private static final int INSTRUMENTS = 2_000;
  private static final int STEP_MILLIS = 2;
  private static final int MOST_WAITING = 50_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(1);

  private final RecordPlan plan;
  private final Path folder;
  private final List<byte[]> frames;
  private long arrived;

  RecordRun(RecordPlan plan, Path folder) {
    this.plan = plan;
    this.folder = folder;
    this.frames =
        new SamplePackets(FeedMode.FULL, INSTRUMENTS, SamplePackets.Books.MOVING).packets();
  }

  RecordReport run() throws IOException, InterruptedException {
    double share;
    long lost;
    try (ArrivalRecorder recorder =
        ArrivalRecorder.start(
            new RecordingHeader("bench", "dhan", Map.of(), ZoneOffset.UTC),
            RecorderOptions.of(folder, NAME))) {
      recorder.onConversation(BEGIN);
      recorder.onArrival(new Arrival.Opened(SOCKET, BEGIN));
      hand(recorder, plan.warmUp());
      share = hand(recorder, plan.seconds());
      fill(recorder);
      lost = recorder.lost();
    }
    List<Double> seeks = new ArrayList<>();
    for (int i = 1; i <= plan.seeks(); i++) {
      seeks.add(seek(BEGIN + DAY_MILLIS * i / (plan.seeks() + 1)));
    }
    return new RecordReport(plan, share, share * 1e9 / plan.rate(), lost, bytes(), seeks);
  }

  /**
   * Hands over frames at the rate of the plan, and returns the share of the time that it took: what
   * recording costs the thread of a feed.
   */
  private double hand(ArrivalRecorder recorder, double seconds) throws InterruptedException {
    long begun = System.nanoTime();
    long end = begun + (long) (seconds * 1e9);
    long told = 0;
    long busy = 0;
    while (System.nanoTime() - end < 0) {
      long due = (long) ((System.nanoTime() - begun) / 1e9 * plan.rate());
      Arrival[] next = next((int) (due - told));
      told = due;
      long start = System.nanoTime();
      for (Arrival arrival : next) {
        recorder.onArrival(arrival);
      }
      busy += System.nanoTime() - start;
      Waiting.pause(Duration.ofMillis(STEP_MILLIS));
    }
    return (double) busy / Math.max(1, System.nanoTime() - begun);
  }

  /** The next frames, at the time of the day that they stand for. */
  private Arrival[] next(int count) {
    Arrival[] next = new Arrival[count];
    for (int i = 0; i < count; i++) {
      long time = BEGIN + Math.min(arrived, plan.frames()) * DAY_MILLIS / plan.frames();
      next[i] = new Arrival.Frame(SOCKET, false, frames.get((int) (arrived % frames.size())), time);
      arrived++;
    }
    return next;
  }

  /** Records the rest of the day as fast as it goes. */
  private void fill(ArrivalRecorder recorder) throws InterruptedException {
    while (arrived < plan.frames()) {
      for (Arrival arrival : next((int) Math.min(1_000, plan.frames() - arrived))) {
        recorder.onArrival(arrival);
      }
      if (!Waiting.until(
          () -> arrived - recorder.recorded() - recorder.lost() < MOST_WAITING, PATIENCE, LOOK)) {
        throw new BenchException("the recorder does not go on");
      }
    }
  }

  /** How many milliseconds it takes to the first entry of a time. */
  private double seek(long time) throws IOException, InterruptedException {
    First first = new First();
    long start = System.nanoTime();
    new ArrivalRecording(file()).read(time, Long.MAX_VALUE, first);
    double millis = (System.nanoTime() - start) / 1e6;
    if (!first.found) {
      throw new BenchException("the recording has nothing at " + time);
    }
    return millis;
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".tlr"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private long bytes() throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  /** Reads up to the first entry of the range. */
  private static final class First implements ArrivalRecording.Listener {

    private boolean found;

    @Override
    public void onConversation() {}

    @Override
    public void onRestated(Arrival arrival) {}

    @Override
    public void onEntry(Entry entry) {
      found = true;
    }

    @Override
    public void onDamage(String reason) {
      throw new BenchException("the recording is damaged: " + reason);
    }

    @Override
    public boolean goesOn() {
      return !found;
    }
  }
}
