package dev.tapeline.gateway.hub;

import dev.tapeline.core.ChannelKind;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A cursor that gives each publication, as slices of the log's encoded frames. */
final class AllSubscription extends Subscription {

  private FrameLog log;
  private @Nullable Segment segment;
  private int offset;

  AllSubscription(Session session, LaneTopic laneTopic, Options options, Topic.Entrance entrance) {
    super(session, laneTopic, options, entrance.ring(), entrance.place().seq());
    this.log = entrance.log();
    moveTo(entrance.place());
  }

  private void moveTo(FrameLog.Place place) {
    segment = place.segment();
    offset = place.offset();
    seq = place.seq();
  }

  @Override
  void resumeAfter(long number) {
    seq = number;
    segment = null; // found by the number, or told to be missing
  }

  @Override
  Shape.Envelope envelope() {
    return log.envelope();
  }

  @Override
  boolean write(FrameBatch out, int budget) {
    writeSnapshot(out);
    int limit = out.bytes() + budget;
    while (out.bytes() < limit) {
      Ring current = topic().ring(); // read first: once it is another one, this one's head is final
      if (seq < ring.head()) {
        if (!writeSome(out)) {
          recoverFromOverrun(out);
        }
      } else if (ring == current) {
        return false;
      } else {
        followEpoch(out);
      }
    }
    return true;
  }

  private void followEpoch(FrameBatch out) {
    Topic.Entrance entrance = topic().follow(options.shape());
    tellEpoch(out, entrance.ring());
    log = entrance.log();
    segment = null; // found again by the number
  }

  /** Writes one slice; false when the cursor's place is gone or was never known. */
  private boolean writeSome(FrameBatch out) {
    Segment from = segment;
    if (from == null || from.isDropped()) {
      return false;
    }
    Segment next = from.next();
    long committed = from.committed();
    int end = Segment.bytesOf(committed);
    if (offset == end) {
      if (next == null) {
        return false;
      }
      segment = next;
      offset = 0;
      return true;
    }
    ByteBuf slice = from.slice(offset, end - offset);
    if (slice == null) {
      return false;
    }
    long last = from.firstSeq() + Segment.framesOf(committed) - 1;
    send(out, slice, last);
    out.carries(from.originNanos());
    offset = end;
    seq = last;
    return true;
  }

  private void send(FrameBatch out, ByteBuf slice, long last) {
    long frames = last - seq;
    if (announce != null) {
      announce(out, slice);
      slice.skipBytes(Frame.lengthAt(slice, slice.readerIndex()));
    }
    out.addAndRelease(slice);
    out.countFrames(frames);
  }

  /** Finds the cursor's place again, and tells the client what is gone. */
  private void recoverFromOverrun(FrameBatch out) {
    FrameLog.Place place = topic().placeBefore(log, seq + 1);
    if (place.seq() == seq && place.segment() != null) {
      moveTo(place);
      return;
    }
    FrameLog.Place resume = resumePlace();
    tellGap(out, resume.seq());
    moveTo(resume);
    if (topic().kind() == ChannelKind.DELTA) {
      takeSnapshot().ifPresent(out::add);
    }
  }

  private FrameLog.Place resumePlace() {
    return switch (topic().kind()) {
      case EVENT -> topic().middleOf(log);
      case STATE, BAR -> topic().placeBefore(log, ring.head());
      case DELTA -> topic().endOf(log);
    };
  }

  /** Whether more than half of what the ring holds is still to be written. */
  boolean isPastHalf() {
    return ring == topic().ring() && seq < topic().middleOf(log).seq();
  }

  @Override
  void release() {
    topic().leave(options.shape());
    segment = null;
  }
}
