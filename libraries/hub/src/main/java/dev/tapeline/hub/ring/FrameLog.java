package dev.tapeline.hub.ring;

import dev.tapeline.hub.frame.EncodedFrame;
import dev.tapeline.hub.frame.Envelope.MergeReason;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Segment;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Patch;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one ring in one encoding: a chain of segments with a bound in bytes. Within a
 * segment numbers are contiguous; where some are lost for good, the next one begins after the hole.
 * Appended under the topic's lock; cursors read the segments without it and come back to the lock
 * only to be placed.
 */
public final class FrameLog {

  static final int SMALLEST_SEGMENT = 1 << 10;
  static final int LARGEST_SEGMENT = 1 << 16;

  private final Encoding encoding;
  private final EnvelopeEncoder encoder;
  private final RingBudget budget;
  private final Deque<Segment> segments = new ArrayDeque<>(4);
  private long lastSeq;
  private long bytes;

  public FrameLog(Encoding encoding, String channel, long lastSeq, RingBudget budget) {
    this.encoding = encoding;
    this.encoder = encoding.envelope().encoder(channel);
    this.lastSeq = lastSeq;
    this.budget = budget;
  }

  public Encoding encoding() {
    return encoding;
  }

  public EnvelopeEncoder encoder() {
    return encoder;
  }

  long bytes() {
    return bytes;
  }

  /** Appends a message as a whole. */
  public void append(Message message) {
    append(message, null);
  }

  /**
   * Appends a message, as a delta where the envelope has deltas.
   *
   * @param patch the changes since the message before; null if they are unknown
   */
  public void append(Message message, @Nullable Patch patch) {
    boolean isNext = message.seq() == lastSeq + 1;
    Frame text =
        patch != null && isNext && encoding.envelope().isDelta()
            ? encoder.delta(message, message.seq(), MergeReason.RATE, patch)
            : encoder.data(message);
    EncodedFrame frame = encoding.framing().pack(text);
    tailFor(frame.length(), message.seq()).append(frame, message.originNanos());
    lastSeq = message.seq();
  }

  private Segment tailFor(int length, long seq) {
    Segment tail = segments.peekLast();
    if (tail != null && tail.hasRoom(length) && seq == lastSeq + 1) {
      return tail;
    }
    int doubled = tail == null ? SMALLEST_SEGMENT : Math.min(tail.capacity() * 2, LARGEST_SEGMENT);
    Segment fresh = new Segment(Math.max(doubled, length), seq);
    makeRoom(fresh.capacity());
    segments.addLast(fresh);
    bytes += fresh.capacity();
    budget.add(fresh.capacity());
    if (tail != null) {
      tail.seal(fresh);
    }
    return fresh;
  }

  /** Drops the oldest segments until the new one fits, all but the tail. */
  private void makeRoom(int capacity) {
    while (segments.size() > 1 && bytes + capacity > budget.ringBytes()) {
      drop(segments.removeFirst());
    }
  }

  private void drop(Segment segment) {
    bytes -= segment.capacity();
    budget.add(-segment.capacity());
    segment.drop();
  }

  void clear() {
    while (!segments.isEmpty()) {
      drop(segments.removeFirst());
    }
  }

  /** The place after the newest frame. */
  public Place end() {
    Segment tail = segments.peekLast();
    return tail == null
        ? new Place(null, 0, lastSeq)
        : new Place(tail, Segment.bytesOf(tail.committed()), lastSeq);
  }

  /** The place in front of a number, or of the oldest one that is left, whichever is newer. */
  public Place before(long seq) {
    for (Segment segment : segments) {
      long frames = Segment.framesOf(segment.committed());
      if (seq < segment.firstSeq() + frames) {
        return within(segment, Math.max(seq, segment.firstSeq()));
      }
    }
    return end();
  }

  private static Place within(Segment segment, long seq) {
    return new Place(segment, segment.offsetOf(seq), seq - 1);
  }

  /** The place in front of the newer half, where a reader that was lapped has room again. */
  public Place middle() {
    long skipped = 0;
    for (Segment segment : segments) {
      skipped += segment.capacity();
      if (skipped * 2 > bytes) {
        return within(segment, segment.firstSeq());
      }
    }
    return end();
  }

  /** Between two frames: in a segment (none while the log is empty), after this number. */
  public record Place(@Nullable Segment segment, int offset, long seq) {}
}
