package dev.tapeline.feed.replay;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.FrameDecoder;
import dev.tapeline.market.tick.Tick;
import java.io.IOException;

/**
 * Goes once through a recording, and tells what each line is. What can't be read is told by line
 * and left out; where the file itself breaks off, that is told and the pass ends.
 */
final class RecordingPlayer {

  /** Hears of each line that matters. */
  interface Sink {

    void onFrame(long line, long nanos, Tick tick) throws InterruptedException;

    void onBadLine(long line, String reason);

    /** Whether to go on. */
    boolean goesOn();
  }

  private final Recording recording;
  private final FrameDecoder decoder;

  RecordingPlayer(Recording recording, FrameDecoder decoder) {
    this.recording = recording;
    this.decoder = decoder;
  }

  void play(Sink sink) throws IOException, InterruptedException {
    try (LineReader lines = recording.open()) {
      while (sink.goesOn() && next(lines, sink)) {
        line(lines, sink);
      }
    }
  }

  private static boolean next(LineReader lines, Sink sink) {
    try {
      return lines.next();
    } catch (IOException e) {
      if (sink.goesOn()) { // closing the replay interrupts its reading
        sink.onBadLine(lines.number(), "the recording breaks off: " + e.getMessage());
      }
      return false;
    }
  }

  private void line(LineReader lines, Sink sink) throws InterruptedException {
    if (lines.isTooLong()) {
      sink.onBadLine(lines.number(), "over %d bytes".formatted(LineReader.MAX_LINE));
      return;
    }
    switch (RecordedLine.parse(lines.buffer(), lines.length())) {
      case RecordedLine.Frame(long nanos, int offset, int length) -> {
        Decoded decoded = decoder.decode(lines.buffer(), offset, length, nanos / 1_000_000);
        frame(lines.number(), nanos, decoded, sink);
      }
      case RecordedLine.Bad(String reason) -> sink.onBadLine(lines.number(), reason);
      case RecordedLine.Blank() -> {}
    }
  }

  private static void frame(long line, long nanos, Decoded decoded, Sink sink)
      throws InterruptedException {
    switch (decoded) {
      case Decoded.Data(Tick tick) -> sink.onFrame(line, nanos, tick);
      case Decoded.Bad(String reason) -> sink.onBadLine(line, reason);
      case Decoded.Ignored() -> {}
    }
  }
}
