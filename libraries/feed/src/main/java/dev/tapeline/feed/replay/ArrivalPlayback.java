package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.record.ArrivalRecording;
import dev.tapeline.feed.record.Entry;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SilentLink;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.feed.vendor.VendorSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A recording of arrivals, played through the conversation that the live feed has: the same
 * arrivals give the same ticks. Days are those of the recording's time zone.
 */
public final class ArrivalPlayback implements Playback {

  private final ArrivalRecording recording;
  private final Vendor vendor;
  private final ReplayRange range;

  public ArrivalPlayback(ArrivalRecording recording, Vendor vendor, ReplayRange range) {
    this.recording = recording;
    this.vendor = vendor;
    this.range = range;
  }

  @Override
  public Path path() {
    return recording.file();
  }

  @Override
  public void play(PlaybackSink sink) throws IOException, InterruptedException {
    Pass pass = new Pass(sink);
    Optional<Long> begin = recording.begin();
    if (begin.isPresent()) {
      ReplayRange.Span span =
          range.in(Instant.ofEpochMilli(begin.get()), recording.header().zone());
      recording.read(span.fromMillis(), span.toMillis(), pass);
    } else {
      recording.read(Long.MIN_VALUE, Long.MAX_VALUE, pass); // tells what is wrong
    }
    if (!pass.any && sink.goesOn()) {
      sink.onBadLine(0, begin.isEmpty() ? "it has no arrival" : "no arrival is in its range");
    }
  }

  /** One pass through the recording. */
  private final class Pass implements ArrivalRecording.Listener {

    private final PlaybackSink sink;
    private final TickBuffer before = new TickBuffer();
    private VendorSession session;
    private boolean any;

    Pass(PlaybackSink sink) {
      this.sink = sink;
      this.session = converse();
    }

    private VendorSession converse() {
      return vendor.converse(
          new SilentLink(
              state -> sink.onFeed(state != FeedStatus.State.DOWN),
              (kind, reason) -> sink.onBadLine(0, kind + ": " + reason)));
    }

    @Override
    public void onConversation() {
      session = converse();
      if (any) {
        sink.onConversation();
      }
    }

    @Override
    public void onRestated(Arrival arrival) {
      session.onArrival(arrival, before);
      before.clear(); // its ticks are of before the range
    }

    @Override
    public void onEntry(Entry entry) throws InterruptedException {
      switch (entry) {
        case Entry.Arrived(Arrival arrival) -> {
          any = true;
          sink.onArrival(arrival, session);
        }
        case Entry.Begun _ -> onConversation();
        case Entry.Lost(long count, long from, long to) ->
            sink.onBadLine(
                0,
                "%d arrivals between %s and %s were not recorded"
                    .formatted(count, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)));
      }
    }

    @Override
    public void onDamage(String reason) {
      sink.onBadLine(0, reason);
    }

    @Override
    public boolean goesOn() {
      return sink.goesOn();
    }
  }
}
