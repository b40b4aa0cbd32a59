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
 * A channel on this node: the ring of its current epoch, and its readers. The bus's thread appends
 * publications, under the topic's lock.
 *
 * <p>Publications of a plain channel are numbered here. Those of a durable channel bring their
 * numbers and epochs along; it has a {@link Backlog}.
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

  /** Whether listeners have been told of it; owned by the bus's thread. */
  boolean shown;

  /**
   * @param urgent whether its publications go in front of all others, and are neither merged nor
   *     dropped
   * @param start the position before the first publication
   * @param backlog the backlog; null if the channel is plain
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

  /** The backlog of a durable channel; a plain one has none. */
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

  /** Sets the value that the channel had before this node subscribed. */
  synchronized void begin(Publication last, long millis, long nanos) {
    ring.begin(
        isDurable()
            ? Message.of(last, millis, nanos)
            : new Message(0, Payload.of(last.payload()), last.stamps(), millis, nanos));
    if (fold != null && ring.head() == ring.start()) {
      fold.apply(last.payload());
    }
  }

  /**
   * The snapshot that a new subscriber starts from; it stands for all numbers up to the message's.
   */
  public synchronized Optional<Message> snapshot(long millis, long nanos) {
    if (fold == null) {
      return Optional.ofNullable(ring.newest());
    }
    return fold.snapshot()
        .map(book -> new Message(ring.head(), Payload.of(book), Stamps.NONE, millis, nanos));
  }

  /**
   * Notes that publications of a plain channel may be missed from now on, until {@link #renew}.
   * Those of a durable channel are not: its log has them.
   */
  void expire() {
    stale |= !isDurable();
  }

  /** Notes that the position is not known yet; {@link #renew} will tell it. */
  void expectPosition() {
    stale = true;
  }

  /** Whether publications may be missing, so that a new epoch has to begin. */
  public boolean isStale() {
    return stale;
  }

  /** Begins a new epoch. Readers finish the ring of the last one; the ring before that is freed. */
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
   * Frees the memory of all rings. Readers of a plain channel see a new epoch; readers of a durable
   * channel go on from its log.
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
   * Waits until this node has reached a client's position, if the log has reached it already.
   *
   * @param nanos when the client asked, on the monotonic clock
   * @param whenThere called, on any thread, after {@link Availability#WAITING}
   */
  public Availability awaitPosition(Position held, long nanos, Timer timer, Runnable whenThere) {
    if (ring.hasReached(held)) {
      return Availability.READY;
    }
    return switch (backlog().top().ask(held, nanos, timer, whenThere)) {
      case NOT_REACHED -> Availability.READY;
      case WAITING -> Availability.WAITING;
      case REACHED -> await(held, whenThere);
    };
  }

  private synchronized Availability await(Position held, Runnable whenThere) {
    if (ring.hasReached(held)) {
      return Availability.READY;
    }
    ahead.add(held, whenThere);
    return Availability.WAITING;
  }

  /**
   * Has what follows a position read from the log, if the ring lacks it and the log can have it.
   *
   * @param whenRead called, on any thread, after {@link Availability#WAITING}
   */
  public Availability readMissed(Position held, Encoding encoding, Timer timer, Runnable whenRead) {
    Ring current = ring;
    if (!held.epoch().equals(current.epoch())) {
      return Availability.READY;
    }
    long oldest = wholeAfter(current, encoding);
    boolean readable = held.seq() < oldest && current.head() - held.seq() <= Backlog.LIMIT;
    return readable ? backlog().fetch(held, oldest, timer, whenRead) : Availability.READY;
  }

  /**
   * The number after which all frames are here. Frames of this encoding are made from now on, so
   * that what is read from the log joins on.
   */
  private synchronized long wholeAfter(Ring current, Encoding encoding) {
    return wholeAfter(current, current.log(encoding, channel));
  }

  /** The number after which all frames of a log with a reader are here. */
  public synchronized long wholeAfter(Ring current, FrameLog log) {
    return log.before(current.wholeAfter() + 1).seq();
  }

  /** Counts one more reader of an encoding; it begins behind the newest frame. */
  public synchronized Entrance enter(Encoding encoding) {
    encodings.merge(encoding, 1, Integer::sum);
    return follow(encoding);
  }

  /** Moves a reader that is counted already to the current ring, behind its newest frame. */
  public synchronized Entrance follow(Encoding encoding) {
    FrameLog log = ring.log(encoding, channel);
    return new Entrance(ring, log, log.end());
  }

  /** The ring, log and place at which a reader begins. */
  public record Entrance(Ring ring, FrameLog log, FrameLog.Place place) {}

  /** Has frames of an encoding made before its first reader comes. */
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

  /** The newest messages of a ring after a number, and the place in its log behind them. */
  public synchronized Newest newestOf(Ring of, FrameLog log, long seq) {
    return new Newest(of.newestSince(seq), log.end());
  }

  /** The newest messages, and the place in the log behind them. */
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
