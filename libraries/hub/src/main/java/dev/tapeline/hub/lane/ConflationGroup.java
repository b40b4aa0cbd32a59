package dev.tapeline.hub.lane;

import dev.tapeline.hub.frame.EncodedFrame;
import dev.tapeline.hub.frame.Envelope.MergeReason;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.FrameRate;
import dev.tapeline.hub.message.DeltaBase;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Patch;
import dev.tapeline.hub.ring.Encoding;
import dev.tapeline.hub.ring.Ring;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one lane that get the newest message of one channel at one rate in one
 * encoding, all at the same moment, so that they share the frame. Owned by the lane.
 */
final class ConflationGroup {

  private final LaneTopic laneTopic;
  private final Encoding encoding;
  private final FrameRate maxRate;
  private final long intervalNanos;
  private final EnvelopeEncoder encoder;
  private final List<LatestSubscription> members = new ArrayList<>(1);
  private long firedNanos;
  private boolean scheduled;
  private @Nullable ByteBuf shared;
  private long sharedFrom;
  private @Nullable Message sharedNewest;

  /** In an envelope with deltas: the message fired last, from which the next delta is computed. */
  private @Nullable DeltaBase last;

  private @Nullable Ring lastRing;
  private @Nullable Message patched;
  private long patchedFrom;
  private Optional<Patch> patch = Optional.empty();

  ConflationGroup(LaneTopic laneTopic, Encoding encoding, FrameRate maxRate) {
    this.laneTopic = laneTopic;
    this.encoding = encoding;
    this.maxRate = maxRate;
    this.intervalNanos = maxRate.intervalNanos();
    this.encoder = encoding.envelope().encoder(laneTopic.topic().channel());
    this.firedNanos = System.nanoTime() - intervalNanos;
  }

  boolean serves(Encoding wanted, FrameRate rate) {
    return maxRate.equals(rate) && encoding.equals(wanted);
  }

  EnvelopeEncoder encoder() {
    return encoder;
  }

  void add(LatestSubscription member) {
    member.index = members.size();
    members.add(member);
  }

  LatestSubscription any() {
    return members.getLast();
  }

  void remove(LatestSubscription member) {
    LatestSubscription last = members.removeLast();
    if (last != member) {
      members.set(member.index, last);
      last.index = member.index;
    }
    if (members.isEmpty()) {
      setShared(null, 0, null);
      laneTopic.remove(this);
    }
  }

  /** There is a new message: fires now, or as soon as the rate allows. */
  void onNews(long now) {
    if (scheduled) {
      return;
    }
    long wait = firedNanos + intervalNanos - now;
    if (wait <= 0) {
      fire(now);
    } else {
      scheduled = true;
      laneTopic.lane().schedule(this::fireScheduled, wait);
    }
  }

  private void fireScheduled() {
    scheduled = false;
    fire(System.nanoTime());
  }

  private void fire(long now) {
    firedNanos = now;
    for (LatestSubscription member : members) {
      if (member.session.isBlocked() || member.session.isHeld()) {
        member.markLate();
      }
      if (!member.session.isHeld()) {
        member.session.enqueue(member);
      }
    }
  }

  /** The frame that tells of the numbers from this one on, of this ring. */
  Frame frame(Ring ring, long from, Message newest, MergeReason reason) {
    if (encoding.envelope().isDelta()) {
      moveTo(ring, newest);
      if (patchedFrom == from && patch.isPresent()) {
        return encoder.delta(newest, from, reason, patch.get());
      }
    }
    return from == newest.seq() ? encoder.data(newest) : encoder.merged(newest, from, reason);
  }

  /** Computes once what has changed since the message fired before. */
  @SuppressWarnings("ReferenceEquality") // messages of two epochs may have the same number
  private void moveTo(Ring ring, Message newest) {
    if (patched == newest) {
      return;
    }
    if (last == null || lastRing != ring) {
      last = new DeltaBase(newest);
      patch = Optional.empty();
    } else {
      patchedFrom = last.seq() + 1;
      patch = last.next(newest);
    }
    lastRing = ring;
    patched = newest;
  }

  /** The frame that most members get, with a reference for the caller. */
  @SuppressWarnings("ReferenceEquality") // messages of two epochs may have the same number
  ByteBuf sharedFrame(Ring ring, long from, Message newest) {
    ByteBuf current = shared;
    if (current == null || sharedFrom != from || sharedNewest != newest) {
      EncodedFrame frame = encoding.framing().pack(frame(ring, from, newest, MergeReason.RATE));
      current = Unpooled.directBuffer(frame.length(), frame.length());
      frame.writeTo(current);
      setShared(current, from, newest);
    }
    return current.retainedSlice();
  }

  private void setShared(@Nullable ByteBuf buffer, long from, @Nullable Message newest) {
    if (shared != null) {
      shared.release();
    }
    shared = buffer;
    sharedFrom = from;
    sharedNewest = newest;
  }
}
