package dev.tapeline.hub.lane;

import dev.tapeline.hub.frame.EncodedFrame;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.FrameBatch;
import dev.tapeline.hub.frame.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundInvoker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * The subscriptions of one session that have something to write, the urgent ones in front. At most
 * one write is under way. Owned by the lane.
 */
final class WriteQueue {

  /** How many bytes a session gets before it is the next one's turn. */
  static final int TURN_BYTES = 64 << 10;

  private static final byte[] NOTHING = {};

  private final Session session;
  private final Channel channel;
  private final ChannelOutboundInvoker out;
  private final Framing framing;
  private final Lane lane;
  private final Deque<Subscription> urgent = new ArrayDeque<>(0);
  private final Deque<Subscription> queue = new ArrayDeque<>(1);
  private Supplier<byte[]> ending = () -> NOTHING;
  private int gone;
  private boolean touched;
  private boolean blocked;
  private boolean keptUp;
  private boolean closed;
  private long framesWritten;
  private long writesCompleted;

  WriteQueue(
      Session session, Channel channel, ChannelOutboundInvoker out, Framing framing, Lane lane) {
    this.session = session;
    this.channel = channel;
    this.out = out;
    this.framing = framing;
    this.lane = lane;
  }

  Channel channel() {
    return channel;
  }

  Framing framing() {
    return framing;
  }

  /** Whether the connection has not taken all that was written to it. */
  boolean isBlocked() {
    return blocked;
  }

  long framesWritten() {
    return framesWritten;
  }

  long writesCompleted() {
    return writesCompleted;
  }

  /** Returns whether all had been written at some time since the last call. */
  boolean takeKeptUp() {
    boolean was = keptUp || (!blocked && !hasMore());
    keptUp = false;
    return was;
  }

  private boolean hasMore() {
    return !queue.isEmpty() || !urgent.isEmpty();
  }

  private Deque<Subscription> queueOf(Subscription subscription) {
    return subscription.topic().isUrgent() ? urgent : queue;
  }

  /** A subscription has something to write, unless it has been removed meanwhile. */
  void enqueue(Subscription subscription) {
    if (subscription.gone || closed) {
      return;
    }
    if (!subscription.queued) {
      subscription.queued = true;
      queueOf(subscription).add(subscription);
    }
    touch();
  }

  /** Removes a subscription that has ended. */
  void remove(Subscription subscription) {
    subscription.gone = true;
    if (subscription.queued) {
      subscription.queued = false;
      onGone(queueOf(subscription));
    }
  }

  /**
   * Counts a removed subscription that still stands in the queue. They are passed over, and removed
   * together when they are half of the queue.
   */
  private void onGone(Deque<Subscription> of) {
    if (++gone > of.size() / 2) {
      urgent.removeIf(subscription -> subscription.gone);
      queue.removeIf(subscription -> subscription.gone);
      gone = 0;
    }
  }

  private void touch() {
    if (!touched && !blocked && !closed) {
      touched = true;
      lane.touch(session, !urgent.isEmpty());
    }
  }

  /** Writes what is queued, up to the bytes of one turn. */
  void write(FrameBatch batch) {
    touched = false;
    if (blocked || closed) {
      return;
    }
    batch.begin(channel.alloc(), framing);
    writeFrom(urgent, batch);
    writeFrom(queue, batch);
    flush(batch);
    if (hasMore()) {
      touch();
    } else {
      keptUp |= !blocked;
    }
  }

  private void writeFrom(Deque<Subscription> waiting, FrameBatch batch) {
    int count = waiting.size();
    while (count-- > 0 && !waiting.isEmpty() && batch.bytes() < TURN_BYTES) {
      Subscription subscription = waiting.remove();
      subscription.queued = false;
      if (subscription.gone) {
        gone--;
      } else if (subscription.write(batch, TURN_BYTES - batch.bytes())) {
        subscription.queued = true;
        waiting.add(subscription);
      } else if (subscription.hasEnded()) {
        session.end(subscription.topic().channel());
      }
    }
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
    lane.onBlocked(session);
    out.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) this::onFlushed);
  }

  private void onFlushed(ChannelFuture future) {
    blocked = false;
    writesCompleted++;
    if (hasMore()) {
      touch();
    } else {
      keptUp = true;
    }
  }

  /** Writes one frame at once, without a flush. */
  void send(Frame frame) {
    if (frame.isNothing()) {
      return;
    }
    EncodedFrame packed = framing.pack(frame);
    byte[] before = framing.before(packed.length());
    ByteBuf buffer = channel.alloc().directBuffer(before.length + packed.length());
    buffer.writeBytes(before);
    packed.writeTo(buffer);
    out.write(buffer, channel.voidPromise());
  }

  void sendBytes(byte[] bytes) {
    if (bytes.length > 0) {
      out.write(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
    }
  }

  void flush() {
    sendBytes(ending.get());
    out.flush();
  }

  void endWritesWith(Supplier<byte[]> bytes) {
    ending = bytes;
  }

  void close() {
    closed = true;
    urgent.clear();
    queue.clear();
  }
}
