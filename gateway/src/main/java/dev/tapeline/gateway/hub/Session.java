package dev.tapeline.gateway.hub;

import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Position;
import dev.tapeline.core.Selector;
import dev.tapeline.gateway.hub.SubscribeCall.Start.Since;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundInvoker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection as the hub sees it: its subscriptions, and whether it can be written to.
 * Nothing waits in it but the subscriptions that have something to write; what they have to write
 * stays in the rings. At most one write is on its way. Owned by its lane.
 */
public final class Session {

  /** How much one session gets before it is the next one's turn. */
  static final int TURN_BYTES = 64 << 10;

  private static final byte[] NOTHING = {};

  private final io.netty.channel.Channel channel;
  private final ChannelOutboundInvoker out;
  private final Framing framing;
  private final Lane lane;
  private final Map<String, Subscription> cursors = new HashMap<>(2);
  private final Map<Channel, Options> exact = new LinkedHashMap<>(2);
  private final Map<Pattern, Options> patterns = new LinkedHashMap<>(2);
  private final Deque<Subscription> queue = new ArrayDeque<>(1);
  private boolean touched;
  private boolean blocked;
  private boolean closed;
  private boolean toldTooManyMatches;
  private Runnable onTooManyMatches = () -> {};
  private Predicate<String> readable = name -> true;
  private Supplier<byte[]> ending = () -> NOTHING;
  private long framesWritten;
  private long writesCompleted;

  Session(
      io.netty.channel.Channel channel, ChannelOutboundInvoker out, Framing framing, Lane lane) {
    this.channel = channel;
    this.out = out;
    this.framing = framing;
    this.lane = lane;
  }

  public io.netty.channel.Channel channel() {
    return channel;
  }

  public Lane lane() {
    return lane;
  }

  Encoding encoding(Options options) {
    return new Encoding(options.shape(), framing);
  }

  /** Whether it has not taken all that was written to it. */
  public boolean isBlocked() {
    return blocked;
  }

  /** Frames of publications handed to the connection so far. */
  public long framesWritten() {
    return framesWritten;
  }

  /** Grows whenever the client has taken what it was blocked by. */
  public long progress() {
    return writesCompleted;
  }

  public ChannelKind kindOf(String name) {
    return lane.hub().kindOf(name);
  }

  public int subscriptions() {
    return exact.size() + patterns.size();
  }

  public int patternSubscriptions() {
    return patterns.size();
  }

  public boolean holds(Selector selector) {
    return switch (selector) {
      case Channel name -> exact.containsKey(name);
      case Pattern pattern -> patterns.containsKey(pattern);
    };
  }

  /** Whether publications of a channel reach it now; plain ones don't while the bus is away. */
  public boolean isCurrent(Channel channel) {
    Subscription cursor = cursors.get(channel.name());
    return cursor != null && !cursor.topic().isStale();
  }

  /** Up to where it holds a durable channel that it asked for by name; empty of any other. */
  public Optional<Position> recoverable(String name) {
    Subscription cursor = cursors.get(name);
    return cursor == null || !cursor.topic().isDurable() || cursor.topic().isStale()
        ? Optional.empty()
        : Optional.of(new Position(cursor.epoch(), cursor.seq()));
  }

  /** The channels and patterns it is subscribed to, in order of subscription. */
  public List<Selector> selectors() {
    List<Selector> all = new ArrayList<>(exact.keySet());
    all.addAll(patterns.keySet());
    return all;
  }

  /** Notes what is asked for; the cursors come with {@link #attach}, once the bus delivers. */
  void want(Selector selector, Options options) {
    if (!holds(selector)) {
      lane.counters().begun.increment();
    }
    switch (selector) {
      case Channel name -> exact.put(name, options);
      case Pattern pattern -> {
        lane.hub().onPatternEncoding(encoding(options), 1);
        Options before = patterns.put(pattern, options);
        if (before != null) {
          lane.hub().onPatternEncoding(encoding(before), -1);
        }
      }
    }
  }

  /** Ends a subscription; whether there was one. */
  public boolean unsubscribe(Selector selector) {
    if (!holds(selector)) {
      return false;
    }
    unwant(selector);
    lane.counters().ended.increment();
    lane.hub().release(selector);
    return true;
  }

  /** Forgets it, and changes or ends the cursors that existed because of it. */
  private void unwant(Selector selector) {
    switch (selector) {
      case Channel name -> {
        exact.remove(name);
        settle(name.name());
      }
      case Pattern pattern -> {
        Options before = patterns.remove(pattern);
        if (before != null) {
          lane.hub().onPatternEncoding(encoding(before), -1);
        }
        lane.removePattern(this, pattern);
        toldTooManyMatches = false;
        List.copyOf(cursors.keySet()).stream().filter(pattern::matches).forEach(this::settle);
      }
    }
  }

  /** What this session wants of a channel; null if nothing. An exact subscription's options win. */
  private @Nullable Options wanted(String name) {
    Options found = exact.get(Channel.of(name));
    if (found == null) {
      for (Map.Entry<Pattern, Options> pattern : patterns.entrySet()) {
        if (pattern.getKey().matches(name)) {
          found = found == null ? pattern.getValue() : found.or(pattern.getValue());
        }
      }
    }
    return found;
  }

  private void settle(String name) {
    Options wanted = wanted(name);
    Subscription cursor = cursors.get(name);
    if (cursor == null) {
      return;
    }
    if (wanted == null) {
      detach(name);
    } else if (!wanted.equals(cursor.options())) {
      replace(cursor, effective(cursor.topic(), wanted), cursor.seq());
    }
  }

  /** Puts a cursor on a channel at its newest number, or changes the one that is there. */
  Subscription attach(Topic topic, Options options) {
    Subscription cursor = cursors.get(topic.channel());
    if (cursor == null) {
      return open(topic, effective(topic, options));
    }
    return options.equals(cursor.options())
        ? cursor
        : replace(cursor, effective(topic, options), cursor.seq());
  }

  /**
   * Told that patterns match more channels than one client may have by them; again only after it
   * has ended a pattern. What is beyond the limit has no cursor and gives nothing.
   */
  public void onTooManyMatches(Runnable listener) {
    onTooManyMatches = listener;
  }

  /**
   * Leaves only these channels readable: the cursors on others end, and patterns pass them over.
   * Those that are asked for by name are checked before they are.
   */
  public void restrict(Predicate<String> mayRead) {
    readable = mayRead;
    exact.keySet().stream()
        .filter(channel -> !mayRead.test(channel.name()))
        .toList()
        .forEach(this::unsubscribe);
    cursors.keySet().stream().filter(mayRead.negate()).toList().forEach(this::detach);
  }

  private boolean mayMatchMore() {
    if (cursors.size() - exact.size() < lane.hub().maxPatternChannels()) {
      return true;
    }
    lane.counters().matchesRefused.increment();
    if (!toldTooManyMatches) {
      toldTooManyMatches = true;
      onTooManyMatches.run();
    }
    return false;
  }

  /** A pattern of this session matches a channel that has just appeared: nothing of it was seen. */
  void attachFromStart(Topic topic) {
    Options options = wanted(topic.channel());
    if (options == null || closed || cursors.containsKey(topic.channel())) {
      return;
    }
    if (!readable.test(topic.channel()) || !mayMatchMore()) {
      return;
    }
    Subscription cursor = open(topic, effective(topic, options));
    cursor.restart();
    announce(cursor);
    enqueue(cursor);
  }

  /** A pattern of this session matches a channel that was there before: it begins at the newest. */
  void attachByPattern(Topic topic, boolean snapshot) {
    Options options = wanted(topic.channel());
    if (options == null || closed || !readable.test(topic.channel())) {
      return;
    }
    boolean isNew = !cursors.containsKey(topic.channel());
    if (isNew && !mayMatchMore()) {
      return;
    }
    Subscription cursor = attach(topic, options);
    if (isNew) {
      announce(cursor);
      if (snapshot) {
        cursor.beginWithSnapshot();
        enqueue(cursor);
      }
    }
  }

  private void announce(Subscription cursor) {
    String name = cursor.topic().channel();
    if (exact.containsKey(Channel.of(name))) {
      return;
    }
    for (Pattern pattern : patterns.keySet()) {
      if (pattern.matches(name)) {
        cursor.announceFirst(pattern.text());
        return;
      }
    }
  }

  /** What the channel's kind leaves of what was asked for by a pattern. */
  private static Options effective(Topic topic, Options options) {
    Shape shape = topic.kind().allowsDeltas() ? options.shape() : options.shape().whole();
    return options.mode() == Mode.LATEST && !topic.kind().allowsLatest()
        ? new Options(Mode.ALL, 0, options.snapshot(), shape)
        : new Options(options.mode(), options.maxRate(), options.snapshot(), shape);
  }

  private Subscription open(Topic topic, Options options) {
    LaneTopic laneTopic = lane.topic(topic);
    Subscription cursor =
        switch (options.mode()) {
          case ALL -> laneTopic.addAll(this, options);
          case LATEST -> laneTopic.addLatest(this, options, topic.ring(), topic.ring().head());
        };
    cursors.put(topic.channel(), cursor);
    return cursor;
  }

  /** Replays a durable channel's log from behind a number on, in place of what was there. */
  Subscription replay(Topic topic, Options options, long seq, Since since) {
    detach(topic.channel());
    ReplaySubscription cursor =
        lane.topic(topic).addReplay(this, options, seq, since.millis(), since.speed());
    cursors.put(topic.channel(), cursor);
    enqueue(cursor);
    return cursor;
  }

  /** A replay has come to its end: goes on with what its subscription asked for. */
  void goLive(ReplaySubscription replay) {
    replace(replay, replay.options(), replay.seq());
  }

  private Subscription replace(Subscription old, Options options, long seq) {
    boolean sameEpoch = old.ring == old.topic().ring();
    cursors.remove(old.topic().channel());
    Topic topic = old.topic();
    Subscription fresh = open(topic, options);
    remove(old);
    if (sameEpoch) {
      fresh.resumeAfter(seq);
      enqueue(fresh);
    }
    return fresh;
  }

  void detach(String name) {
    Subscription cursor = cursors.remove(name);
    if (cursor != null) {
      remove(cursor);
    }
  }

  private void remove(Subscription cursor) {
    cursor.laneTopic.remove(cursor);
    queue.remove(cursor);
  }

  /** A subscription has something to write. */
  void enqueue(Subscription subscription) {
    if (!subscription.queued) {
      subscription.queued = true;
      queue.add(subscription);
    }
    touch();
  }

  private void touch() {
    if (!touched && !blocked && !closed) {
      touched = true;
      lane.touch(this);
    }
  }

  /** Writes what there is, as far as one turn goes. */
  void write(FrameBatch batch) {
    touched = false;
    if (blocked || closed) {
      return;
    }
    batch.begin(channel.alloc(), framing);
    int waiting = queue.size();
    while (waiting-- > 0 && batch.bytes() < TURN_BYTES) {
      Subscription subscription = queue.remove();
      subscription.queued = false;
      if (subscription.write(batch, TURN_BYTES - batch.bytes())) {
        subscription.queued = true;
        queue.add(subscription);
      } else if (subscription.hasEnded()) {
        end(subscription.topic().channel());
      }
    }
    flush(batch);
    if (!queue.isEmpty()) {
      touch();
    }
  }

  /** Ends what there is of a channel, whatever it was asked for by. */
  private void end(String name) {
    unsubscribe(Channel.of(name));
    detach(name); // a pattern may match it still
  }

  private void flush(FrameBatch batch) {
    if (batch.bytes() > 0) {
      batch.addBytes(ending.get());
    }
    framesWritten += batch.frames();
    lane.counters().frames.add(batch.frames());
    lane.counters().bytes.add(batch.bytes());
    if (batch.writeTo(channel, out)) {
      out.flush();
      watchFlushed();
    }
  }

  /** If the connection did not take all at once, waits until it has before the next write. */
  private void watchFlushed() {
    var pending = channel.unsafe().outboundBuffer();
    if (pending == null || pending.isEmpty()) {
      return;
    }
    blocked = true;
    lane.counters().blocked.increment();
    out.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) this::onFlushed);
  }

  private void onFlushed(ChannelFuture future) {
    blocked = false;
    writesCompleted++;
    if (!queue.isEmpty()) {
      touch();
    }
  }

  /**
   * Writes a frame of the protocol's own, behind what was written before; {@link #flush} follows.
   */
  public void send(Frame frame) {
    if (frame.isNothing()) {
      return;
    }
    Packed packed = framing.pack(frame);
    byte[] before = framing.before(packed.length());
    ByteBuf buffer = channel.alloc().directBuffer(before.length + packed.length());
    buffer.writeBytes(before);
    packed.writeTo(buffer);
    out.write(buffer, channel.voidPromise());
  }

  public void flush() {
    sendBytes(ending.get());
    out.flush();
  }

  /** Writes bytes as they are, for a protocol whose framing has more than messages. */
  public void sendBytes(byte[] bytes) {
    if (bytes.length > 0) {
      out.write(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
    }
  }

  /** Has what the supplier gives at the time put behind all that is written at once. */
  public void endWritesWith(Supplier<byte[]> bytes) {
    ending = bytes;
  }

  /** Whether its connection has ended, or is about to. */
  public boolean isClosed() {
    return closed;
  }

  /** The connection has ended: gives everything up. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    List<Selector> held = selectors();
    patterns.forEach((pattern, options) -> {
      lane.hub().onPatternEncoding(encoding(options), -1);
      lane.removePattern(this, pattern);
    });
    List.copyOf(cursors.keySet()).forEach(this::detach);
    exact.clear();
    patterns.clear();
    lane.remove(this);
    lane.counters().ended.add(held.size());
    held.forEach(lane.hub()::release);
  }
}
