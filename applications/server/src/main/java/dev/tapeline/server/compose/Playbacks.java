package dev.tapeline.server.compose;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FrameDecoder;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.feed.deribit.DeribitDecoder;
import dev.tapeline.feed.deribit.DeribitInstruments;
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
import dev.tapeline.server.settings.part.FeedKind;
import dev.tapeline.server.vendor.VendorParts;
import dev.tapeline.server.vendor.VendorPlan;
import dev.tapeline.server.vendor.VendorSources;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

/** Opens the file of a replay in its format, with the decoder of its vendor. */
record Playbacks(VendorParts parts, FeedPlan.Replay plan) {

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
      case DERIBIT -> new DeribitDecoder(name -> known(DeribitInstruments.named(name)));
    };
  }

  private FrameDecoder binance() {
    return new BinanceDecoder(symbol -> known(Instrument.binance(symbol)));
  }

  private Instrument known(Instrument instrument) {
    parts.instruments().add(plan.name(), instrument);
    return instrument;
  }

  /** The vendor of a recording of arrivals, by its kind. */
  private Vendor vendor(RecordingHeader header) {
    VendorPlan recorded = new VendorPlan(plan.name(), header.options());
    try {
      FeedKind kind = FeedKind.valueOf(header.vendor().toUpperCase(Locale.ROOT));
      return VendorSources.recorded(kind, recorded, parts);
    } catch (IllegalArgumentException e) {
      throw new FeedException(
          "the recording %s is one of %s, which this version can't decode"
              .formatted(plan.recording().path(), header.vendor()),
          e);
    }
  }
}
