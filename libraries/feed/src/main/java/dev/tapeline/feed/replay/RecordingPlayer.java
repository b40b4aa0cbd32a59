package dev.tapeline.feed.replay;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.FrameDecoder;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.market.tick.Tick;
import java.io.IOException;
import java.util.List;

/**
 * Reads a recording once, and passes on each line. A line that can't be read is reported with its
 * number and skipped; if the file itself breaks off, that is reported and the pass ends.
 */
final class RecordingPlayer {

  /** Receives the lines of a recording. */
  interface Sink {

    /**
     * A frame that holds market data.
     *
     * @param nanos when it was received, ns since 1970
     * @param ticks what it holds; valid during the call
     */
    void onFrame(long line, long nanos, List<Tick> ticks) throws InterruptedException;

    void onBadLine(long line, String reason);

    /** Whether to go on. */
    boolean goesOn();
  }

  private final Recording recording;
  private final FrameDecoder decoder;
  private final TickBuffer frame = new TickBuffer();

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
        frame.clear();
        frame(lines.number(), nanos, decode(lines, offset, length, nanos), sink);
      }
      case RecordedLine.Bad(String reason) -> sink.onBadLine(lines.number(), reason);
      case RecordedLine.Blank() -> {}
    }
  }

  private Decoded decode(LineReader lines, int offset, int length, long nanos) {
    return decoder.decode(lines.buffer(), offset, length, nanos / 1_000_000, frame);
  }

  private void frame(long line, long nanos, Decoded decoded, Sink sink)
      throws InterruptedException {
    switch (decoded) {
      case Decoded.Read _ -> sink.onFrame(line, nanos, frame.ticks());
      case Decoded.Bad(String reason) -> sink.onBadLine(line, reason);
      case Decoded.Ignored() -> {}
    }
  }
}
