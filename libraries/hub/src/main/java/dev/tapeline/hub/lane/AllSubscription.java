package dev.tapeline.hub.lane;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.Position;
import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.FrameBatch;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.frame.Segment;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.ring.FrameLog;
import dev.tapeline.hub.ring.LogRange;
import dev.tapeline.hub.ring.Ring;
import dev.tapeline.hub.topic.Backlog;
import dev.tapeline.hub.topic.Topic;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that gives each publication, as slices of encoded frames. They are the ring's, or those
 * of a range of a durable channel's log while the ring does not have what the client needs next.
 */
final class AllSubscription extends Subscription {

  private FrameLog log;
  private @Nullable LogRange range;
  private boolean waitingForLog;
  private @Nullable Segment segment;
  private int offset;

  /** Whether the newest comes first, merged from those before it, and then each publication. */
  private boolean mergedFirst;

  /** Whether publications were lost that must not be. */
  private boolean lost;

  private @Nullable Successor successor;

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
    leaveRange();
    seq = number;
    segment = null; // found by the number, or told to be missing
  }

  /**
   * Goes on where the other cursor stood. In a ring that has been replaced it goes on after the
   * last frame, because it was no reader of that ring.
   */
  @Override
  void goOnIn(Ring before, long number, boolean merged) {
    resumeAfter(merged || before == ring ? number : before.head());
    ring = before;
    mergedFirst = merged;
  }

  @Override
  long missing() {
    return ring == topic().ring() ? ring.head() - seq : 0;
  }

  /** The cursor's replacement, once all is written that was there when it was ordered. */
  private record Successor(Options options, Ring begun, Ring ring, long from) {

    /**
     * Whether a cursor at this place has written all that was there when the replacement was
     * ordered.
     */
    boolean isDue(Ring now, long seq) {
      return now == ring ? seq >= from : now != begun;
    }
  }

  /**
   * Orders a replacement with other options, for when all is written that is there now. From now on
   * frames are made in the replacement's encoding too.
   *
   * @return whether there is something to write first
   */
  boolean finishFirst(Options next) {
    stay();
    Ring newest = topic().ring();
    if (ring == newest && seq >= newest.head()) {
      return false;
    }
    Topic.Entrance _ = topic().enter(session.encoding(next));
    successor = new Successor(next, ring, newest, newest.head());
    return true;
  }

  /** Calls the replacement off. */
  void stay() {
    if (successor != null) {
      topic().leave(session.encoding(successor.options()));
      successor = null;
    }
  }

  @Override
  public boolean recover(Position held) {
    return topic().isDurable() && isWholeAfter(held) && super.recover(held);
  }

  /** Whether everything after the position is here: in the ring, or before it in what was read. */
  private boolean isWholeAfter(Position held) {
    long oldest = topic().wholeAfter(ring, log);
    return held.seq() >= oldest || topic().backlog().completes(held, oldest);
  }

  @Override
  EnvelopeEncoder encoder() {
    return log.encoder();
  }

  @Override
  boolean write(FrameBatch out, int budget) {
    writeFirst(out);
    writeMerged(out);
    int limit = out.bytes() + budget;
    while (out.bytes() < limit && !waitingForLog && !hasEnded() && !lost) {
      if (successor != null && successor.isDue(ring, seq)) {
        Subscription _ = session.cursors().succeed(this, successor.options());
        return false;
      }
      Ring current = topic().ring(); // read first: once it is another one, this one's head is final
      if (seq < ring.head()) {
        if (!writeSome(out)) {
          findPlace(out);
        }
      } else if (ring == current) {
        return false;
      } else {
        followEpoch(out);
      }
    }
    return !waitingForLog && !hasEnded() && !lost;
  }

  /** Writes the merged publications of its ring, and of the next one if that has replaced it. */
  private void writeMerged(FrameBatch out) {
    if (!mergedFirst || hasEnded()) {
      return;
    }
    if (ring != topic().ring()) {
      write(out, ring.newestSince(seq));
      return;
    }
    mergedFirst = false;
    Topic.Newest newest = topic().newestOf(ring, log, seq);
    write(out, newest.messages());
    if (newest.place().seq() >= seq) { // else the log has brought it further
      moveTo(newest.place());
    }
  }

  private void write(FrameBatch out, List<Message> newest) {
    for (Message message : newest) {
      long from = seq + 1;
      Frame frame =
          from == message.seq()
              ? encoder().data(message)
              : encoder().merged(message, from, Envelope.MergeReason.RATE);
      out.add(announced(frame));
      seq = message.seq();
    }
  }

  private void followEpoch(FrameBatch out) {
    leaveRange();
    Topic.Entrance entrance = topic().follow(encoding());
    tellEpoch(out, entrance.ring());
    log = entrance.log();
    segment = null; // found again by the number
    writeMerged(out);
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
      return next != null && enter(next);
    }
    ByteBuf slice = from.slice(offset, end - offset);
    if (slice == null) {
      return false;
    }
    long last = from.firstSeq() + Segment.framesOf(committed) - 1;
    send(out, from, slice, last);
    out.carries(from.originNanos());
    offset = end;
    seq = last;
    return true;
  }

  /** Goes on to the next segment, unless numbers are missing between the two. */
  private boolean enter(Segment next) {
    if (next.firstSeq() != seq + 1 && topic().isDurable()) {
      return false; // the log may have it all the same
    }
    segment = next;
    offset = 0;
    return true;
  }

  private void send(FrameBatch out, Segment from, ByteBuf slice, long last) {
    long frames = last - seq;
    if (announce != null) {
      announce(out, slice.readSlice(from.offsetOf(seq + 2) - offset));
    }
    out.addAndRelease(slice);
    out.countFrames(frames);
  }

  /** Finds the cursor's place again, in the ring or the log, or tells the client what is gone. */
  private void findPlace(FrameBatch out) {
    leaveRange();
    FrameLog.Place place = topic().placeBefore(log, seq + 1);
    if (place.seq() == seq && place.segment() != null) {
      moveTo(place);
    } else if (topic().isDurable()) {
      findInLog(out);
    } else {
      skipOverrun(out, resumePlace());
    }
  }

  private void findInLog(FrameBatch out) {
    Position held = new Position(ring.epoch(), seq);
    switch (topic().backlog().find(held, encoding(), session.lane(), this::onLogRead)) {
      case Backlog.Following.Found(LogRange found, FrameLog.Place place) -> {
        range = found;
        moveTo(place);
      }
      case Backlog.Following.Waiting() -> waitingForLog = true;
      case Backlog.Following.Lost(long to) -> tellLost(out, Math.min(to, ring.head()));
      case Backlog.Following.Ended() -> skipOverrun(out, oldestPlace());
    }
  }

  private void tellLost(FrameBatch out, long to) {
    if (options.envelope().isDelta() || topic().isUrgent()) {
      skipOverrun(out, topic().endOf(log));
    } else {
      tellGap(out, to);
    }
  }

  private FrameLog.Place oldestPlace() {
    FrameLog.Place oldest = topic().placeBefore(log, seq + 1);
    return oldest.seq() > seq && !needsSnapshot() ? oldest : resumePlace();
  }

  private void onLogRead() {
    session
        .lane()
        .execute(() -> {
          waitingForLog = false;
          session.enqueue(this);
        });
  }

  private void leaveRange() {
    if (range != null) {
      topic().backlog().leave(range);
      range = null;
      segment = null;
    }
  }

  private void skipOverrun(FrameBatch out, FrameLog.Place resume) {
    if (topic().isUrgent()) {
      lost = true;
      session.giveUp();
      return;
    }
    tellGap(out, resume.seq());
    moveTo(resume);
    if (needsSnapshot() && !hasEnded()) {
      takeSnapshot().ifPresent(out::add);
    }
  }

  /** Whether frames after a loss are useless without the value that they change. */
  private boolean needsSnapshot() {
    return topic().kind() == ChannelKind.DELTA || options.envelope().isDelta();
  }

  private FrameLog.Place resumePlace() {
    if (needsSnapshot()) {
      return topic().endOf(log);
    }
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
    stay();
    leaveRange();
    topic().leave(encoding());
    segment = null;
  }
}
