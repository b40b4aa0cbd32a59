package dev.tapeline.hub.lane;

import dev.tapeline.core.Position;
import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.FrameBatch;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.ring.Encoding;
import dev.tapeline.hub.ring.Ring;
import dev.tapeline.hub.topic.Topic;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session's cursor into the ring of one channel. It holds no message: what the client has not
 * seen stays in the ring, however slow the client is. Owned by the session's lane.
 */
public abstract sealed class Subscription
    permits AllSubscription, LatestSubscription, ReplaySubscription {

  protected final Session session;
  protected final LaneTopic laneTopic;
  protected final Options options;
  protected Ring ring;

  /** The newest number that the client has, was told to be missing, or began after. */
  protected long seq;

  /** The pattern that is still to be announced with the first frame. */
  protected @Nullable String announce;

  /** Whether the client was told of a loss that ends the subscription in its protocol. */
  private boolean ended;

  /** Frames about its mode, which go in front of all others. */
  private final Deque<Frame> modes = new ArrayDeque<>(0);

  /** Whether the newest value is still to be written in front of all else. */
  private boolean snapshotFirst;

  /** Whether it stands in its session's queue. */
  boolean queued;

  /** Whether its session has removed it. */
  boolean gone;

  /** Its place in the lane's list, so that it leaves in one step. */
  int index;

  Subscription(Session session, LaneTopic laneTopic, Options options, Ring ring, long seq) {
    this.session = session;
    this.laneTopic = laneTopic;
    this.options = options;
    this.ring = ring;
    this.seq = seq;
  }

  public Topic topic() {
    return laneTopic.topic();
  }

  public Options options() {
    return options;
  }

  public long seq() {
    return seq;
  }

  final Encoding encoding() {
    return session.encoding(options);
  }

  public String epoch() {
    return ring.epoch();
  }

  /** Whether nothing may follow the frames written, so that the session ends the subscription. */
  final boolean hasEnded() {
    return ended;
  }

  void announceFirst(String pattern) {
    announce = pattern;
  }

  /** Drops the announcement: the answer tells the client of the channel. */
  public void tellByName() {
    announce = null;
  }

  /**
   * Writes what the client has not seen, up to about a number of bytes.
   *
   * @return whether there is more
   */
  abstract boolean write(FrameBatch out, int budget);

  void beginWithSnapshot() {
    snapshotFirst = true;
  }

  /**
   * The snapshot's frame; the cursor then stands behind it. Empty if the client has newer ones from
   * the log already.
   */
  public Optional<Frame> takeSnapshot() {
    snapshotFirst = false;
    Ring current = topic().ring();
    return topic()
        .snapshot(System.currentTimeMillis(), System.nanoTime())
        .filter(message -> current == ring && message.seq() >= seq)
        .map(message -> {
          resumeAfter(message.seq());
          session.enqueue(this);
          return encoder().snapshot(message);
        });
  }

  abstract EnvelopeEncoder encoder();

  /**
   * Tells the client what the subscription gives from now on, unless it has yet to hear of the
   * channel.
   */
  final void tellMode(Envelope.ModeReason reason) {
    Frame frame = encoder().mode(options, session.isHeld() && topic().mayBeLatest(), reason);
    if (announce == null && !frame.isNothing()) {
      modes.add(frame);
    }
  }

  /** Takes over what another cursor on the channel still has to tell the client. */
  final void inherit(Subscription before) {
    announce = before.announce;
    snapshotFirst = before.snapshotFirst;
    modes.addAll(before.modes);
  }

  /** Publications that are here and not written yet, if they may not be left out. */
  long missing() {
    return 0;
  }

  /** Writes what goes in front of the publications: modes, and the snapshot that was asked for. */
  protected final void writeFirst(FrameBatch out) {
    while (!modes.isEmpty() && announce == null) {
      out.add(modes.remove());
    }
    if (snapshotFirst) {
      takeSnapshot().ifPresent(frame -> out.add(announced(frame)));
    }
  }

  /** The frame, with the announcement if it is the first that the client gets of the channel. */
  protected final Frame announced(Frame frame) {
    String pattern = announce;
    announce = null;
    return pattern == null ? frame : encoder().announced(frame.text(), pattern, ring.epoch());
  }

  /** Goes to the place before the first number of the epoch that this node has seen. */
  final void restart() {
    resumeAfter(ring.start());
  }

  /**
   * Goes to the client's position, if everything after it can be given.
   *
   * @return whether it can
   */
  public boolean recover(Position held) {
    boolean possible = topic().isDurable() && ring == topic().ring() && ring.hasReached(held);
    if (possible) {
      resumeAfter(held.seq());
      session.enqueue(this);
    }
    return possible;
  }

  /**
   * Goes on at the place of another cursor. If that is in an older ring, the client is told of the
   * epochs since.
   *
   * @param merged whether the publications that are here already come merged into the newest
   */
  abstract void goOnIn(Ring before, long number, boolean merged);

  /** Goes to after a number of the ring it stands in, to get whatever follows. */
  abstract void resumeAfter(long number);

  /** Gives up its hold on the ring. */
  abstract void release();

  /** Moves to the ring that has replaced this one, and tells the client of the new epoch. */
  protected final void tellEpoch(FrameBatch out, Ring next) {
    ring = next;
    seq = next.start();
    if (announce == null) {
      out.add(encoder().epoch(next.epoch(), seq, topic().reason()));
      ended = options.envelope().endsAtLoss();
    }
  }

  protected final void tellGap(FrameBatch out, long to) {
    if (to > seq) {
      out.add(announcedGap(encoder().gap(seq + 1, to)));
      laneTopic.lane().counters().gaps.increment();
      seq = to;
      ended = options.envelope().endsAtLoss();
    }
  }

  /**
   * The gap with an announcement, which a client needs that has had no frame of the channel yet.
   */
  private Frame announcedGap(Frame gap) {
    return gap.isNothing() ? gap : announced(gap);
  }

  /** Writes one packed frame with the announcement that a pattern's first frame carries. */
  protected final void announce(FrameBatch out, ByteBuf frame) {
    String pattern = announce;
    if (pattern != null) {
      byte[] text = encoding().framing().textOf(frame);
      out.add(encoder().announced(text, pattern, ring.epoch()));
      announce = null;
    }
  }
}
