package dev.tapeline.gateway.hub;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A channel on this node: the ring of its current epoch, and the lanes that read it. Publications
 * are appended under its lock, by the one thread that brings them.
 */
final class Topic {

  private final String channel;
  private final ChannelKind kind;
  private final RingBudget budget;
  private final @Nullable Fold fold;
  private volatile Ring ring;
  private volatile Shape.EpochReason reason = Shape.EpochReason.UPSTREAM;
  private @Nullable Ring previous;
  private final IdentityHashMap<Shape, Integer> readers = new IdentityHashMap<>(2);
  private volatile LaneTopic[] lanes = {};
  private volatile long touchedNanos;
  private volatile boolean stale;

  Topic(String channel, ChannelKind kind, RingBudget budget, @Nullable Fold fold, String epoch) {
    this.channel = channel;
    this.kind = kind;
    this.budget = budget;
    this.fold = fold;
    this.ring = new Ring(epoch, kind, budget);
  }

  String channel() {
    return channel;
  }

  ChannelKind kind() {
    return kind;
  }

  Ring ring() {
    return ring;
  }

  /** Why the current epoch began. */
  Shape.EpochReason reason() {
    return reason;
  }

  /** When it was last published to or subscribed, on the monotonic clock. */
  long touchedNanos() {
    return touchedNanos;
  }

  void touch(long nanos) {
    touchedNanos = nanos;
  }

  boolean hasLanes() {
    return lanes.length > 0;
  }

  void append(Publication publication, long millis, long nanos) {
    synchronized (this) {
      Payload payload = Payload.of(publication.payload());
      ring.append(new Message(ring.head() + 1, payload, publication.stamps(), millis, nanos));
      if (fold != null) {
        fold.apply(publication.payload());
      }
      touchedNanos = nanos;
    }
    mark();
  }

  /** Takes the channel's value from before this node subscribed. */
  synchronized void begin(Publication last, long millis, long nanos) {
    ring.begin(new Message(0, Payload.of(last.payload()), last.stamps(), millis, nanos));
    if (fold != null && ring.head() == 0) {
      fold.apply(last.payload());
    }
  }

  /** What a new subscriber starts from; it holds the numbers up to that of the message. */
  synchronized Optional<Message> snapshot(long millis, long nanos) {
    if (fold == null) {
      return Optional.ofNullable(ring.newest());
    }
    return fold.snapshot()
        .map(book -> new Message(ring.head(), Payload.of(book), Stamps.NONE, millis, nanos));
  }

  /** From now on publications may be missed, until {@link #renew}. */
  void expire() {
    stale = true;
  }

  boolean isStale() {
    return stale;
  }

  /** Begins a new epoch. Readers finish what is left of the last one; those before it are gone. */
  void renew(String epoch, Shape.EpochReason why) {
    synchronized (this) {
      if (previous != null) {
        previous.clear();
      }
      previous = ring;
      ring = new Ring(epoch, kind, budget);
      readers.keySet().forEach(shape -> ring.log(shape, channel));
      reason = why;
      stale = false;
      if (fold != null && why == Shape.EpochReason.UPSTREAM) {
        fold.reset();
      }
    }
    mark();
  }

  /** Frees the memory of all rings; their readers see a new epoch. */
  void evict(String epoch) {
    renew(epoch, Shape.EpochReason.EVICTED);
    clearPrevious();
  }

  private synchronized void clearPrevious() {
    if (previous != null) {
      previous.clear();
      previous = null;
    }
  }

  /** Frees all memory for good: nobody reads it any more. */
  synchronized void clear() {
    clearPrevious();
    ring.clear();
  }

  synchronized long bytes() {
    return ring.bytes() + (previous == null ? 0 : previous.bytes());
  }

  /** Counts a reader in, and shows it the place after the newest frame. */
  synchronized Entrance enter(Shape shape) {
    readers.merge(shape, 1, Integer::sum);
    return follow(shape);
  }

  /** Shows a reader that was counted in already the current ring. */
  synchronized Entrance follow(Shape shape) {
    FrameLog log = ring.log(shape, channel);
    return new Entrance(ring, log, log.end());
  }

  /** Where a reader stands when it begins. */
  record Entrance(Ring ring, FrameLog log, FrameLog.Place place) {}

  /** Has frames of a shape made before the first reader has come. */
  synchronized void expect(Shape shape) {
    ring.log(shape, channel);
  }

  synchronized void leave(Shape shape) {
    if (readers.merge(shape, -1, Integer::sum) == 0) {
      readers.remove(shape);
      ring.remove(shape);
      if (previous != null) {
        previous.remove(shape);
      }
    }
  }

  synchronized FrameLog.Place placeBefore(FrameLog log, long seq) {
    return log.before(seq);
  }

  synchronized FrameLog.Place middleOf(FrameLog log) {
    return log.middle();
  }

  synchronized FrameLog.Place endOf(FrameLog log) {
    return log.end();
  }

  synchronized void join(LaneTopic lane) {
    LaneTopic[] longer = Arrays.copyOf(lanes, lanes.length + 1);
    longer[lanes.length] = lane;
    lanes = longer;
  }

  synchronized void part(LaneTopic lane) {
    lanes = Arrays.stream(lanes).filter(l -> l != lane).toArray(LaneTopic[]::new);
  }

  private void mark() {
    for (LaneTopic lane : lanes) {
      lane.mark();
    }
  }
}
