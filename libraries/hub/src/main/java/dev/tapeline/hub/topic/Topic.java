package dev.tapeline.hub.topic;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.Fold;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import dev.tapeline.core.admin.ChannelReport;
import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Payload;
import dev.tapeline.hub.ring.Encoding;
import dev.tapeline.hub.ring.FrameLog;
import dev.tapeline.hub.ring.Ring;
import dev.tapeline.hub.ring.RingBudget;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A channel on this node: the ring of its current epoch, and what reads it. Publications are
 * appended under its lock, by the one thread that brings them.
 *
 * <p>A plain channel is numbered here. A durable one brings its numbers and its epochs along, and
 * has a backlog.
 */
public final class Topic {

  private final String channel;
  private final ChannelKind kind;
  private final boolean urgent;
  private final RingBudget budget;
  private final @Nullable Fold fold;
  private final @Nullable Backlog backlog;
  private volatile Ring ring;
  private volatile Envelope.EpochReason reason = Envelope.EpochReason.UPSTREAM;
  private @Nullable Ring previous;
  private final ClientsAhead ahead = new ClientsAhead();
  private final Map<Encoding, Integer> encodings = new HashMap<>(2);
  private volatile TopicReader[] readers = {};
  private volatile long touchedNanos;
  private volatile boolean stale;

  /** Its place among all channels; guarded by the hub's lock. */
  int place;

  /** Whether patterns have been told of it; owned by who brings its publications. */
  boolean shown;

  /**
   * @param urgent whether its publications go in front of all others, and are neither merged nor
   *     dropped
   * @param start where it stands; on a plain channel that is before the first number
   * @param backlog null if it is plain
   */
  Topic(
      String channel,
      ChannelKind kind,
      boolean urgent,
      RingBudget budget,
      @Nullable Fold fold,
      @Nullable Backlog backlog,
      Position start) {
    this.channel = channel;
    this.kind = kind;
    this.urgent = urgent;
    this.budget = budget;
    this.fold = fold;
    this.backlog = backlog;
    this.ring = new Ring(start.epoch(), start.seq(), kind, budget);
  }

  public String channel() {
    return channel;
  }

  public ChannelKind kind() {
    return kind;
  }

  public boolean isUrgent() {
    return urgent;
  }

  /** Whether its publications may be merged. */
  public boolean mayBeLatest() {
    return kind.allowsLatest() && !urgent;
  }

  public Ring ring() {
    return ring;
  }

  public boolean isDurable() {
    return backlog != null;
  }

  /** Only of a durable channel. */
  public Backlog backlog() {
    if (backlog == null) {
      throw new IllegalStateException(channel + " is plain");
    }
    return backlog;
  }

  /** Why the current epoch began. */
  public Envelope.EpochReason reason() {
    return reason;
  }

  /** When it was last published to or subscribed, on the monotonic clock. */
  long touchedNanos() {
    return touchedNanos;
  }

  void touch(long nanos) {
    touchedNanos = nanos;
  }

  void append(Publication publication, long millis, long nanos) {
    List<Runnable> reached = List.of();
    synchronized (this) {
      ring.append(numbered(publication, millis, nanos));
      if (fold != null) {
        fold.apply(publication.payload());
      }
      touchedNanos = nanos;
      if (!ahead.isEmpty()) {
        reached = ahead.takeReached(ring);
      }
    }
    mark();
    reached.forEach(Runnable::run);
  }

  private Message numbered(Publication publication, long millis, long nanos) {
    return isDurable()
        ? Message.of(publication, millis, nanos)
        : new Message(
            ring.head() + 1,
            Payload.of(publication.payload()),
            publication.stamps(),
            millis,
            nanos);
  }

  /** Takes the channel's value from before this node subscribed. */
  synchronized void begin(Publication last, long millis, long nanos) {
    ring.begin(
        isDurable()
            ? Message.of(last, millis, nanos)
            : new Message(0, Payload.of(last.payload()), last.stamps(), millis, nanos));
    if (fold != null && ring.head() == ring.start()) {
      fold.apply(last.payload());
    }
  }

  /** What a new subscriber starts from; it holds the numbers up to that of the message. */
  public synchronized Optional<Message> snapshot(long millis, long nanos) {
    if (fold == null) {
      return Optional.ofNullable(ring.newest());
    }
    return fold.snapshot()
        .map(book -> new Message(ring.head(), Payload.of(book), Stamps.NONE, millis, nanos));
  }

  /**
   * From now on publications may be missed, until {@link #renew}; a durable channel's never are.
   */
  void expire() {
    stale |= !isDurable();
  }

  /** Where it stands is not known yet: {@link #renew} tells. */
  void expectPosition() {
    stale = true;
  }

  /** Whether the current epoch is over, or was never the true one. */
  public boolean isStale() {
    return stale;
  }

  /** Begins a new epoch. Readers finish what is left of the last one; those before it are gone. */
  void renew(Position start, Envelope.EpochReason why) {
    List<Runnable> waiting;
    synchronized (this) {
      if (previous != null) {
        previous.clear();
      }
      previous = ring;
      ring = new Ring(start.epoch(), start.seq(), kind, budget);
      encodings.keySet().forEach(encoding -> ring.log(encoding, channel));
      reason = why;
      if (backlog != null) {
        backlog.forget();
      }
      stale = false;
      if (fold != null && why != Envelope.EpochReason.EVICTED) {
        fold.reset();
      }
      waiting = ahead.takeAll();
    }
    mark();
    waiting.forEach(Runnable::run);
  }

  /**
   * Frees the memory of all rings. Readers of a plain channel see a new epoch; those of a durable
   * one go on from its log.
   */
  void evict(String epoch) {
    if (isDurable()) {
      clear();
    } else {
      renew(new Position(epoch, 0), Envelope.EpochReason.EVICTED);
      clearPrevious();
    }
  }

  private synchronized void clearPrevious() {
    if (previous != null) {
      previous.clear();
      previous = null;
    }
  }

  /** Frees all memory of frames. */
  synchronized void clear() {
    clearPrevious();
    ring.clear();
    if (backlog != null) {
      backlog.clear();
    }
  }

  synchronized long bytes() {
    return ring.bytes() + (previous == null ? 0 : previous.bytes());
  }

  /**
   * Waits for this node to come to where a client is already, if the log says that this will be.
   *
   * @param nanos when the client asked, on the monotonic clock
   * @param whenThere called, on any thread, after {@link Readiness#WAITING}
   */
  public Readiness awaitPosition(Position held, long nanos, Timer timer, Runnable whenThere) {
    if (ring.hasReached(held)) {
      return Readiness.READY;
    }
    return switch (backlog().top().ask(held, nanos, timer, whenThere)) {
      case NOT_REACHED -> Readiness.READY;
      case WAITING -> Readiness.WAITING;
      case REACHED -> await(held, whenThere);
    };
  }

  private synchronized Readiness await(Position held, Runnable whenThere) {
    if (ring.hasReached(held)) {
      return Readiness.READY;
    }
    ahead.add(held, whenThere);
    return Readiness.WAITING;
  }

  /**
   * Has what follows a position read from the log, if it is missing here and can be given at all.
   *
   * @param whenRead called, on any thread, after {@link Readiness#WAITING}
   */
  public Readiness readMissed(Position held, Encoding encoding, Timer timer, Runnable whenRead) {
    Ring current = ring;
    if (!held.epoch().equals(current.epoch())) {
      return Readiness.READY;
    }
    long oldest = wholeAfter(current, encoding);
    boolean readable = held.seq() < oldest && current.head() - held.seq() <= Backlog.LIMIT;
    return readable ? backlog().fetch(held, oldest, timer, whenRead) : Readiness.READY;
  }

  /**
   * The number from which on the frames of all that follows are here. They are made from now on, so
   * that what is read for a reader who is about to come joins on.
   */
  private synchronized long wholeAfter(Ring current, Encoding encoding) {
    return wholeAfter(current, current.log(encoding, channel));
  }

  /** The same of a log that a reader has. */
  public synchronized long wholeAfter(Ring current, FrameLog log) {
    return log.before(current.wholeAfter() + 1).seq();
  }

  /** Counts a reader in, and shows it the place after the newest frame. */
  public synchronized Entrance enter(Encoding encoding) {
    encodings.merge(encoding, 1, Integer::sum);
    return follow(encoding);
  }

  /** Shows a reader that was counted in already the current ring. */
  public synchronized Entrance follow(Encoding encoding) {
    FrameLog log = ring.log(encoding, channel);
    return new Entrance(ring, log, log.end());
  }

  /** Where a reader stands when it begins. */
  public record Entrance(Ring ring, FrameLog log, FrameLog.Place place) {}

  /** Has frames of an encoding made before the first reader has come. */
  synchronized void expect(Encoding encoding) {
    ring.log(kind.allowsDeltas() ? encoding : encoding.whole(), channel);
  }

  public synchronized void leave(Encoding encoding) {
    if (encodings.merge(encoding, -1, Integer::sum) == 0) {
      encodings.remove(encoding);
      ring.remove(encoding);
      if (previous != null) {
        previous.remove(encoding);
      }
    }
  }

  public synchronized FrameLog.Place placeBefore(FrameLog log, long seq) {
    return log.before(seq);
  }

  public synchronized FrameLog.Place middleOf(FrameLog log) {
    return log.middle();
  }

  public synchronized FrameLog.Place endOf(FrameLog log) {
    return log.end();
  }

  ChannelReport report(long nowNanos) {
    Ring now = ring;
    return new ChannelReport(
        channel,
        kind.name().toLowerCase(Locale.ROOT),
        isDurable(),
        now.epoch(),
        now.head(),
        Arrays.stream(readers).mapToInt(TopicReader::subscribers).sum(),
        bytes(),
        TimeUnit.NANOSECONDS.toMillis(nowNanos - touchedNanos));
  }

  /** The newest of a ring, for who has the numbers up to this one, and where its log goes on. */
  public synchronized Newest newestOf(Ring of, FrameLog log, long seq) {
    return new Newest(of.newestSince(seq), log.end());
  }

  /** What one gets instead of all, and the place behind it. */
  public record Newest(List<Message> messages, FrameLog.Place place) {}

  /** Marks the reader from now on, whenever there is something new. */
  public synchronized void join(TopicReader reader) {
    TopicReader[] longer = Arrays.copyOf(readers, readers.length + 1);
    longer[readers.length] = reader;
    readers = longer;
  }

  public synchronized void part(TopicReader reader) {
    readers =
        Arrays.stream(readers).filter(other -> !other.equals(reader)).toArray(TopicReader[]::new);
  }

  private void mark() {
    for (TopicReader reader : readers) {
      reader.mark();
    }
  }
}
