package dev.tapeline.server.compose;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FrameDecoder;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.feed.record.ArrivalRecording;
import dev.tapeline.feed.record.RecordingHeader;
import dev.tapeline.feed.replay.ArrivalPlayback;
import dev.tapeline.feed.replay.CsvPlayback;
import dev.tapeline.feed.replay.FramePlayback;
import dev.tapeline.feed.replay.LineFormat;
import dev.tapeline.feed.replay.LineSource;
import dev.tapeline.feed.replay.Playback;
import dev.tapeline.feed.replay.ReplayFormat;
import dev.tapeline.feed.replay.ReplayReading;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import java.util.Objects;
import java.util.function.Supplier;

/** Opens the file of a replay in its format, with the decoder of its vendor. */
record Playbacks(Instruments instruments, FeedPlan.Replay plan) {

  /**
   * The file, which has not been read yet.
   *
   * @throws FeedException if its format or its vendor is not known
   */
  Playback playback() {
    ReplayReading reading = plan.reading().of(plan.recording());
    ReplayFormat format = Objects.requireNonNull(reading.format());
    return switch (format) {
      case BINANCE -> frames(LineFormat.NANOS, reading, this::binance);
      case LINES -> {
        LineSource source = Objects.requireNonNull(reading.source());
        yield frames(LineFormat.SECONDS, reading, () -> decoder(source));
      }
      case CSV ->
          new CsvPlayback(
              plan.recording(), reading.range(), symbol -> known(CsvPlayback.instrument(symbol)));
      case RECORD -> {
        ArrivalRecording recording = new ArrivalRecording(plan.recording().path());
        yield new ArrivalPlayback(recording, vendor(recording.header()), reading.range());
      }
    };
  }

  private Playback frames(
      LineFormat format, ReplayReading reading, Supplier<FrameDecoder> decoders) {
    return new FramePlayback(plan.recording(), format, reading.range(), decoders);
  }

  /** The decoder of the messages of a source. */
  private FrameDecoder decoder(LineSource source) {
    return switch (source) {
      case BINANCE -> binance();
    };
  }

  private FrameDecoder binance() {
    return new BinanceDecoder(symbol -> known(Instrument.binance(symbol)));
  }

  private Instrument known(Instrument instrument) {
    instruments.add(plan.name(), instrument);
    return instrument;
  }

  /** The vendor of a recording of arrivals, by its kind. */
  private Vendor vendor(RecordingHeader header) {
    throw new FeedException(
        "the recording %s is one of %s, which this version can't decode"
            .formatted(plan.recording().path(), header.vendor()));
  }
}
