package dev.tapeline.redis.wire;

import io.lettuce.core.RedisCommandExecutionException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that subscribes. Its channel's thread handles messages, confirmations and replies
 * in the order in which Redis sent them. Any thread may send requests.
 *
 * <p>Redis answers requests in their order. An answer therefore belongs to the oldest request
 * without one, whether it is a reply, a confirmation that names the request, or an error. An answer
 * that does not fit closes the connection, because later answers could no longer be assigned.
 */
public final class PubSubConnection extends ChannelInboundHandlerAdapter {

  /** Receives each message that Redis sends. */
  public interface Listener {

    /** A listener that ignores messages. */
    Listener NONE = (pattern, channel, payload) -> {};

    /**
     * A message has come.
     *
     * @param pattern what the message was sent for; null for the channel's own subscription
     */
    void onMessage(@Nullable String pattern, String channel, byte[] payload);
  }

  /** Receives the messages of one channel in place of the {@link Listener}. */
  public interface ShardListener {

    void onMessage(byte[] payload);

    /**
     * Redis has ended the subscription itself, because another node now has the slot of the
     * channel.
     */
    void onEnded();
  }

  static final int MAX_WAITING = 1 << 20;
  private static final Logger log = LoggerFactory.getLogger(PubSubConnection.class);

  private final Channel channel;
  private final Resp3Decoder decoder;
  private final List<Request> unsent = new ArrayList<>();
  private final Queue<Request> waiting = new ArrayDeque<>();
  private final Map<String, ShardListener> shards = new HashMap<>();
  private final LongAdder heard = new LongAdder();
  private Listener listener = Listener.NONE;
  private volatile @Nullable String problem;

  /**
   * @param prefixLength bytes that are left off each name that Redis sends
   */
  public PubSubConnection(Channel channel, int prefixLength) {
    this.channel = channel;
    this.decoder = new Resp3Decoder(new ChannelNames(prefixLength), new Received());
  }

  /** Sets the listener for all messages. Called by the thread of the channel. */
  public void listen(Listener newest) {
    listener = newest;
  }

  /** Sets the listener for one channel. Called by the thread of the channel. */
  public void listen(String shard, ShardListener own) {
    shards.put(shard, own);
  }

  /** Removes the listener of one channel. Called by the thread of the channel. */
  public void ignore(String shard) {
    shards.remove(shard);
  }

  /** The number of messages and answers that have come. It grows as long as Redis is at work. */
  public long heard() {
    return heard.sum();
  }

  /**
   * Sends requests together, behind all requests before them. Requests that other threads add
   * meanwhile leave in the same write.
   */
  public void send(List<Request> requests) {
    if (enqueue(requests)) {
      // Not at once, even by the channel's thread: what others have sent stands in its queue.
      try {
        channel.eventLoop().execute(() -> write(takeUnsent()));
      } catch (RejectedExecutionException e) {
        takeUnsent().forEach(request -> request.fail(e));
      }
    }
  }

  private boolean enqueue(List<Request> requests) {
    synchronized (unsent) {
      boolean first = unsent.isEmpty();
      unsent.addAll(requests);
      return first && !requests.isEmpty();
    }
  }

  private List<Request> takeUnsent() {
    synchronized (unsent) {
      List<Request> taken = List.copyOf(unsent);
      unsent.clear();
      return taken;
    }
  }

  /** Runs a task on the thread of the channel, behind the requests that were sent before. */
  public void execute(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      log.debug("The threads have ended", e);
    }
  }

  private void write(List<Request> requests) {
    if (waiting.size() + requests.size() > MAX_WAITING) {
      end("Redis is behind by %d requests".formatted(MAX_WAITING));
    }
    if (problem != null || !channel.isActive()) {
      requests.forEach(request -> request.fail(lost()));
      return;
    }
    ByteBuf out = channel.alloc().buffer();
    for (Request request : requests) {
      request.writeTo(out);
      waiting.add(request);
    }
    channel.writeAndFlush(out);
  }

  /**
   * Calls back once, on the thread of the channel, when the connection has ended for any reason.
   */
  public void whenEnded(Runnable callback) {
    channel.closeFuture().addListener(_ -> callback.run());
  }

  /** Why the connection has ended. */
  public String problem() {
    return Objects.requireNonNullElse(problem, "the connection was lost");
  }

  /** Closes the connection without waiting. */
  public CompletionStage<Void> close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    channel.close().addListener(_ -> closed.complete(null));
    return closed;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (problem == null) {
        decoder.decode(in);
      }
    } catch (MalformedReplyException e) {
      end(e.getMessage());
    } finally {
      in.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    IOException lost = lost();
    for (Request request = waiting.poll(); request != null; request = waiting.poll()) {
      request.fail(lost);
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!isLoss(cause)) {
      log.error("The connection that subscribes must be closed", cause);
      problem = cause.toString();
    }
    context.close();
  }

  /** Whether the network or the encryption failed, not the program; Netty wraps the latter. */
  private static boolean isLoss(Throwable cause) {
    return cause instanceof IOException || cause.getCause() instanceof IOException;
  }

  private void end(@Nullable String why) {
    problem = why;
    channel.close();
  }

  private IOException lost() {
    return new IOException(problem());
  }

  private Request oldest(Predicate<Request> fits, String answer) {
    Request oldest = waiting.peek();
    if (oldest == null || !fits.test(oldest)) {
      throw new MalformedReplyException("'%s' answers no request".formatted(answer));
    }
    waiting.remove();
    return oldest;
  }

  /** What the decoder tells. */
  private final class Received implements Resp3Decoder.Listener {

    @Override
    public void onMessage(@Nullable String pattern, String name, byte[] payload) {
      heard.increment();
      ShardListener shard = shards.isEmpty() ? null : shards.get(name);
      if (shard == null) {
        listener.onMessage(pattern, name, payload);
      } else if (pattern == null) {
        shard.onMessage(payload);
      }
    }

    @Override
    public void onShardMessage(String name, byte[] payload) {
      heard.increment();
      ShardListener shard = shards.get(name);
      if (shard != null) {
        shard.onMessage(payload);
      }
    }

    /** Only the end of a sharded subscription comes unasked too. */
    @Override
    public void onConfirmation(String kind, String name) {
      heard.increment();
      Request asked = waiting.peek();
      if (kind.equals("sunsubscribe") && (asked == null || !asked.isConfirmedBy(kind, name))) {
        ended(name);
        return;
      }
      oldest(request -> request.isConfirmedBy(kind, name), kind + " " + name).succeed(null);
    }

    private void ended(String name) {
      ShardListener shard = shards.remove(name);
      if (shard != null) {
        shard.onEnded();
      }
    }

    @Override
    public void onReply(byte @Nullable [] text) {
      heard.increment();
      oldest(Request::isReplied, "a reply").succeed(text);
    }

    @Override
    public void onError(String message) {
      heard.increment();
      oldest(_ -> true, message).fail(new RedisCommandExecutionException(message));
    }
  }
}
