package dev.tapeline.feed.replay;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.FrameDecoder;
import dev.tapeline.feed.TickBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recording of lines that hold a vendor's frames. A line that can't be read is reported with its
 * number and skipped; if the file itself breaks off, that is reported and the pass ends. Lines that
 * hold something else, such as requests, are only counted.
 */
public final class FramePlayback implements Playback {

  private static final Logger log = LoggerFactory.getLogger(FramePlayback.class);

  private final Recording recording;
  private final LineFormat format;
  private final ReplayRange range;
  private final Supplier<FrameDecoder> decoders;

  /**
   * @param decoders makes the decoder of one pass
   */
  public FramePlayback(
      Recording recording, LineFormat format, ReplayRange range, Supplier<FrameDecoder> decoders) {
    this.recording = recording;
    this.format = format;
    this.range = range;
    this.decoders = decoders;
  }

  @Override
  public Path path() {
    return recording.path();
  }

  @Override
  public void play(PlaybackSink sink) throws IOException, InterruptedException {
    try (LineReader lines = recording.open()) {
      new Pass(lines, sink).play();
    }
  }

  /** One pass through the file. */
  private final class Pass {

    private final LineReader lines;
    private final PlaybackSink sink;
    private final LineFilter filter = new LineFilter(range);
    private final FrameDecoder decoder = decoders.get();
    private final TickBuffer frame = new TickBuffer();
    private boolean kept;
    private long others;

    Pass(LineReader lines, PlaybackSink sink) {
      this.lines = lines;
      this.sink = sink;
    }

    void play() throws InterruptedException {
      while (sink.goesOn() && next()) {
        line();
      }
      filter.tellIfEmpty(kept, sink);
      if (others > 0 && sink.goesOn()) {
        log.info("{}: {} lines hold no frame and are left out", path(), others);
      }
    }

    private boolean next() {
      try {
        return lines.next();
      } catch (IOException e) {
        if (sink.goesOn()) { // closing the replay interrupts its reading
          sink.onBadLine(lines.number(), "the recording breaks off: " + e.getMessage());
        }
        return false;
      }
    }

    private void line() throws InterruptedException {
      if (lines.isTooLong()) {
        sink.onBadLine(lines.number(), "over %d bytes".formatted(LineReader.MAX_LINE));
        return;
      }
      switch (format.parse(lines.buffer(), lines.length())) {
        case RecordedLine.Frame(long nanos, int offset, int length) -> {
          if (filter.keep(nanos)) {
            kept = true;
            frame.clear();
            frame(nanos, decode(offset, length, nanos));
          }
        }
        case RecordedLine.Bad(String reason) -> sink.onBadLine(lines.number(), reason);
        case RecordedLine.Other() -> others++;
        case RecordedLine.Blank() -> {}
      }
    }

    private Decoded decode(int offset, int length, long nanos) {
      return decoder.decode(lines.buffer(), offset, length, nanos / 1_000_000, frame);
    }

    private void frame(long nanos, Decoded decoded) throws InterruptedException {
      switch (decoded) {
        case Decoded.Read _ -> sink.onFrame(lines.number(), nanos, frame.ticks());
        case Decoded.Bad(String reason) -> sink.onBadLine(lines.number(), reason);
        case Decoded.Ignored() -> {}
      }
    }
  }
}
