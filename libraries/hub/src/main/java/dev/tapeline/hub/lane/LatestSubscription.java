package dev.tapeline.hub.lane;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.FrameBatch;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.ring.Ring;
import io.netty.buffer.ByteBuf;

/** A cursor that gives only the newest message, at the times of its group. */
final class LatestSubscription extends Subscription {

  private final ConflationGroup group;

  /** Whether the client could not be written to when its group was. */
  private boolean late;

  LatestSubscription(
      Session session,
      LaneTopic laneTopic,
      Options options,
      ConflationGroup group,
      Ring ring,
      long seq) {
    super(session, laneTopic, options, ring, seq);
    this.group = group;
  }

  ConflationGroup group() {
    return group;
  }

  void markLate() {
    late = true;
  }

  @Override
  EnvelopeEncoder encoder() {
    return group.encoder();
  }

  @Override
  boolean write(FrameBatch out, int budget) {
    writeFirst(out);
    if (session.isHeld()) {
      late = true;
      return false;
    }
    Ring current = topic().ring();
    writeNewest(out);
    if (ring != current) {
      tellEpoch(out, current);
      writeNewest(out);
    }
    late = false;
    return false;
  }

  private void writeNewest(FrameBatch out) {
    for (Message newest : ring.newestSince(seq)) {
      if (announce != null) {
        writeAnnounced(out, newest);
      } else {
        writeMerged(out, newest);
      }
      out.carries(newest.originNanos());
      seq = newest.seq();
    }
  }

  private void writeMerged(FrameBatch out, Message newest) {
    long merged = newest.seq() - seq;
    if (merged > 1) {
      laneTopic.lane().counters().merged.add(merged - 1);
    }
    if (late) {
      out.add(group.frame(ring, seq + 1, newest, Envelope.MergeReason.SLOW));
    } else {
      out.addAndRelease(group.sharedFrame(ring, seq + 1, newest));
      out.countFrames(1);
    }
  }

  private void writeAnnounced(FrameBatch out, Message newest) {
    ByteBuf frame = group.sharedFrame(ring, seq + 1, newest);
    announce(out, frame);
    frame.release();
  }

  @Override
  void goOnIn(Ring before, long number, boolean merged) {
    ring = before;
    seq = number;
  }

  @Override
  void resumeAfter(long number) {
    seq = number;
  }

  @Override
  void release() {
    group.remove(this);
  }
}
