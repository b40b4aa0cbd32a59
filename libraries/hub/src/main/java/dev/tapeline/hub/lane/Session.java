package dev.tapeline.hub.lane;

import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Position;
import dev.tapeline.core.Selector;
import dev.tapeline.core.admin.SubscriptionReport;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.FrameBatch;
import dev.tapeline.hub.frame.Framing;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.ring.Encoding;
import dev.tapeline.hub.slow.Ladder;
import dev.tapeline.hub.slow.SlowClient;
import dev.tapeline.hub.slow.Tier;
import dev.tapeline.hub.topic.Topic;
import io.netty.channel.ChannelOutboundInvoker;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection as the hub sees it: its subscriptions, and a cursor on each channel that
 * it gets. It queues subscriptions and never messages: those that a slow client has not got yet
 * stay in the rings. Owned by its lane.
 */
public final class Session {

  private final WriteQueue writeQueue;
  private final Lane lane;
  private final SlowClient slowClient;
  private final SubscriptionList subscribed = new SubscriptionList();

  /** Requests that have not been answered yet. */
  private final OpenRequests requests = new OpenRequests();

  private final SessionCursors cursors;
  private final SessionListener listener;
  private boolean closed;
  private boolean toldTooManyMatches;
  private Predicate<String> readable = name -> true;
  private boolean givenUp;

  Session(
      io.netty.channel.Channel channel,
      ChannelOutboundInvoker out,
      Framing framing,
      Lane lane,
      SessionListener listener) {
    this.writeQueue = new WriteQueue(this, channel, out, framing, lane);
    this.lane = lane;
    this.listener = listener;
    this.cursors = new SessionCursors(this, lane, writeQueue);
    this.slowClient =
        new SlowClient(
            cursors, new Ladder(lane.hub().slowStepNanos(), System.nanoTime()), lane.counters());
  }

  public io.netty.channel.Channel channel() {
    return writeQueue.channel();
  }

  public Lane lane() {
    return lane;
  }

  public Encoding encoding(Options options) {
    return new Encoding(options.envelope(), writeQueue.framing());
  }

  /** Whether the connection has not taken all that was written to it. */
  public boolean isBlocked() {
    return writeQueue.isBlocked();
  }

  /** The tier of the ladder that it is on. */
  public Tier tier() {
    return slowClient.tier();
  }

  /** Frames of publications handed to the connection so far. */
  public long framesWritten() {
    return writeQueue.framesWritten();
  }

  /** Counts how often the client has taken what blocked it. */
  public long progress() {
    return writeQueue.writesCompleted();
  }

  public ChannelKind kindOf(String name) {
    return lane.hub().kindOf(name);
  }

  /** Whether publications of a channel may be merged for it. */
  public boolean mayBeLatest(String name) {
    return lane.hub().mayBeLatest(name);
  }

  public int subscriptions() {
    return subscribed.size();
  }

  public int patternSubscriptions() {
    return subscribed.patterns();
  }

  public boolean holds(Selector selector) {
    return subscribed.holds(selector);
  }

  /**
   * Whether publications of a channel reach it now; those of plain channels do not while the bus is
   * down.
   */
  public boolean isCurrent(Channel channel) {
    return cursors.on(channel.name()).filter(cursor -> !cursor.topic().isStale()).isPresent();
  }

  /** The position up to which the client has a durable channel; empty for any other channel. */
  public Optional<Position> recoverable(String name) {
    return cursors
        .on(name)
        .filter(cursor -> cursor.topic().isDurable() && !cursor.topic().isStale())
        .map(cursor -> new Position(cursor.epoch(), cursor.seq()));
  }

  /** The channels and patterns it is subscribed to, in order of subscription. */
  public List<Selector> selectors() {
    return subscribed.selectors();
  }

  /** The channels that it gets, by name and by pattern. */
  public int channels() {
    return cursors.count();
  }

  /** The reports of the subscriptions. */
  public List<SubscriptionReport> reports() {
    return new SessionReport(subscribed, cursors).subscriptions();
  }

  /** Notes what is asked for. It takes effect with {@link #grant}. */
  public void note(Selector selector, Options options) {
    if (!holds(selector)) {
      lane.counters().begun.increment();
    }
    Optional<Options> before = subscribed.put(selector, options);
    if (selector instanceof Pattern) {
      lane.hub().onPatternEncoding(encoding(options), 1);
      before.ifPresent(old -> lane.hub().onPatternEncoding(encoding(old), -1));
    }
  }

  /**
   * Notes that the hub is asked for the selector; returns whether the caller has to ask, which is
   * so once.
   */
  public boolean ask(Selector selector) {
    return subscribed.ask(selector);
  }

  /** Puts what was asked for into effect; {@link SessionCursors#attach} opens the cursors. */
  public void grant(Selector selector, Options options) {
    subscribed.grant(selector, options);
  }

  /** Ends a subscription; whether there was one. */
  public boolean unsubscribe(Selector selector) {
    if (!holds(selector)) {
      return false;
    }
    boolean asked = !subscribed.ask(selector);
    Optional<Options> before = subscribed.remove(selector);
    requests.withdraw(selector);
    switch (selector) {
      case Channel name -> cursors.on(name.name()).ifPresent(this::settle);
      case Pattern pattern -> {
        before.ifPresent(old -> lane.hub().onPatternEncoding(encoding(old), -1));
        lane.removePattern(this, pattern);
        toldTooManyMatches = false;
        List.copyOf(cursors.all()).stream()
            .filter(cursor -> pattern.matches(cursor.topic().channel()))
            .forEach(this::settle);
      }
    }
    lane.counters().ended.increment();
    if (asked) {
      lane.hub().release(selector);
    }
    return true;
  }

  /** Changes or ends a cursor after one of the subscriptions behind it has ended. */
  private void settle(Subscription cursor) {
    String name = cursor.topic().channel();
    Options left = subscribed.granted(name);
    if (left == null) {
      cursors.detach(name);
    } else {
      Subscription _ = cursors.attach(cursor.topic(), left);
    }
  }

  /** Ends the connection after the present write. */
  void giveUp() {
    if (!givenUp) {
      givenUp = true;
      lane.execute(listener::onTooSlow);
    }
  }

  /**
   * Restricts the readable channels: cursors on others end, and patterns skip them. Requests by
   * name are checked before they reach the session.
   */
  public void restrict(Predicate<String> mayRead) {
    readable = mayRead;
    subscribed.named().stream()
        .filter(channel -> !mayRead.test(channel.name()))
        .forEach(this::unsubscribe);
    cursors.detach(mayRead.negate());
  }

  /** Whether the client may get one more channel by its patterns. */
  private boolean hasRoomForMatch() {
    return cursors.count() - subscribed.grantedChannels() < lane.hub().maxPatternChannels();
  }

  private void refuseMatch() {
    lane.counters().matchesRefused.increment();
    if (!toldTooManyMatches) {
      toldTooManyMatches = true;
      listener.onTooManyMatches();
    }
  }

  /**
   * Attaches a channel that has just appeared and that a pattern matches, from its first
   * publication on.
   */
  void attachFromStart(Topic topic) {
    Options options = subscribed.granted(topic.channel());
    if (options == null || closed || cursors.has(topic.channel())) {
      return;
    }
    if (!readable.test(topic.channel())) {
      return;
    }
    if (!hasRoomForMatch()) {
      refuseMatch();
      return;
    }
    Subscription cursor = cursors.attach(topic, options);
    cursor.restart();
    announce(cursor);
    enqueue(cursor);
  }

  /** Attaches a channel that was there before its pattern, behind the newest publication. */
  public void attachByPattern(Topic topic, boolean snapshot) {
    Options options = subscribed.granted(topic.channel());
    if (options == null || closed || !readable.test(topic.channel())) {
      return;
    }
    boolean isNew = !cursors.has(topic.channel());
    if (isNew && !hasRoomForMatch()) {
      refuseMatch();
      return;
    }
    Subscription cursor = cursors.attach(topic, options);
    if (isNew) {
      announce(cursor);
      if (snapshot) {
        cursor.beginWithSnapshot();
        enqueue(cursor);
      }
    }
  }

  private void announce(Subscription cursor) {
    subscribed
        .patternOf(cursor.topic().channel())
        .ifPresent(pattern -> cursor.announceFirst(pattern.text()));
  }

  /** A subscription has something to write. */
  void enqueue(Subscription subscription) {
    writeQueue.enqueue(subscription);
  }

  /** Writes what is queued, up to the bytes of one turn. */
  void write(FrameBatch batch) {
    writeQueue.write(batch);
  }

  /** Ends the cursor on a channel, and a subscription to it by name. */
  void end(String name) {
    unsubscribe(Channel.of(name));
    cursors.detach(name); // a pattern may match it still
  }

  SlowClient slowClient() {
    return slowClient;
  }

  /** Publications that are here and still to be written, on all its channels. */
  public long missing() {
    return cursors.missing();
  }

  public OpenRequests requests() {
    return requests;
  }

  public SessionCursors cursors() {
    return cursors;
  }

  /** What was granted of a channel; null if nothing. */
  @Nullable Options granted(Topic topic) {
    return subscribed.granted(topic.channel());
  }

  /** Whether subscriptions that may be merged give nothing for the time being. */
  boolean isHeld() {
    return slowClient.isHeld();
  }

  /**
   * Writes a frame of the protocol's own, behind what was written before; {@link #flush} follows.
   */
  public void send(Frame frame) {
    writeQueue.send(frame);
  }

  public void flush() {
    writeQueue.flush();
  }

  /** Writes bytes as they are, for a protocol whose framing has more than messages. */
  public void sendBytes(byte[] bytes) {
    writeQueue.sendBytes(bytes);
  }

  /** Ends each write with what the supplier gives at that time. */
  public void endWritesWith(Supplier<byte[]> bytes) {
    writeQueue.endWritesWith(bytes);
  }

  /** Whether its connection has ended, or is about to. */
  public boolean isClosed() {
    return closed;
  }

  /** Notes that the connection has ended; the cursors and selectors are given up in steps. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    writeQueue.close();
    int ended = subscribed.size();
    List<Selector> held = subscribed.upstream();
    subscribed.forEachPattern((pattern, options) -> {
      lane.hub().onPatternEncoding(encoding(options), -1);
      lane.removePattern(this, pattern);
    });
    subscribed.clear();
    lane.remove(this);
    lane.counters().ended.add(ended);
    lane.add(new SessionTeardown(cursors, held, lane.hub()));
  }
}
