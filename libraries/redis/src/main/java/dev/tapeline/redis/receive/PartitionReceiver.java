package dev.tapeline.redis.receive;

import dev.tapeline.redis.log.LogFunction;
import dev.tapeline.redis.log.Partitions;
import dev.tapeline.redis.topology.RedisSession;
import dev.tapeline.redis.topology.ShardedSubscriptions;
import dev.tapeline.redis.wire.ChannelNames;
import dev.tapeline.redis.wire.MalformedReplyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the durable channels of one partition. It outlives the connection that brings the
 * broadcasts: on the next one it reads what was missed, and begins pending subscriptions again.
 * Owned by the thread that delivers.
 *
 * <p>All that it reads comes over the connection that brings the broadcasts. So answers have a
 * place among the broadcasts: earlier ones are in the answer, later ones follow it. Two sources
 * never have to be merged. The numbers of a channel show which publications are missing. The number
 * of the partition's last broadcast, which is asked for each second too, shows a loss that no later
 * broadcast would show.
 */
final class PartitionReceiver implements ShardedSubscriptions.Listener {

  private static final Logger log = LoggerFactory.getLogger(PartitionReceiver.class);

  private final int number;
  private final LogRequests.LogContext context;
  private final ChannelNames names;
  private final ChannelOffsets offsets;
  private final LivePatterns livePatterns = new LivePatterns();
  private final LastBroadcast last = new LastBroadcast();
  private final PendingStarts starts;
  private boolean subscribed;
  private boolean resumed;

  // Of the connection.
  private @Nullable LogRequests requests;
  private boolean looking;
  private long life;

  PartitionReceiver(
      int number, LogRequests.LogContext context, ChannelNames names, Delivery delivery) {
    this.number = number;
    this.context = context;
    this.names = names;
    this.offsets = new ChannelOffsets(this::read, delivery, context.counters());
    this.starts = new PendingStarts(offsets, livePatterns, delivery, this::askForTops);
  }

  /** Delivers from here on. The session begins all subscriptions anew. */
  void resume(BusSubscriptions subscriptions) {
    starts.clear();
    livePatterns.prune();
    offsets.removeIf(channel -> !subscriptions.wants(channel));
    closeUnused();
    resumed = true;
  }

  /** Delivers nothing until it is resumed. */
  void pause() {
    resumed = false;
    beginLife();
  }

  @Override
  public void onSubscribed(String channel, RedisSession over) {
    if (!subscribed) {
      return; // it was on its way when it was taken back
    }
    beginLife();
    requests = context.over(over, number);
    if (resumed) {
      boolean all = starts.askAgain();
      if (!all) {
        lookAround(offsets.channels().stream().filter(it -> !starts.awaits(it)).toList());
      }
    }
  }

  @Override
  public void onLost(String channel) {
    beginLife();
    requests = null;
  }

  /** Discards the questions that were asked before. */
  private void beginLife() {
    life++;
    looking = false;
    last.forget();
    offsets.reset();
  }

  /** Begins subscriptions of channels of this partition, and of patterns. */
  void begin(Map<String, PendingStart> channels, List<PendingStart> patterns) {
    starts.add(channels, patterns);
    if (!subscribed) {
      subscribed = true;
      context.shards().subscribe(Partitions.key(number), this);
    } else if (requests != null) {
      starts.ask(channels, patterns);
    }
  }

  /** Stops delivering a channel if only this subscription, by its name, wanted it. */
  void end(BusSubscription name, BusSubscriptions subscriptions) {
    starts.remove(name);
    if (!subscriptions.wants(name.selector().text())) {
      offsets.remove(name.selector().text());
    }
    closeUnused();
  }

  /**
   * Stops delivering channels that only these patterns wanted. Looks at each channel once, however
   * many patterns there are.
   */
  void endPatterns(List<BusSubscription> patterns, BusSubscriptions subscriptions) {
    for (BusSubscription pattern : patterns) {
      starts.remove(pattern);
      livePatterns.remove(pattern);
    }
    offsets.removeIf(channel -> !subscriptions.wants(channel));
    closeUnused();
  }

  private void closeUnused() {
    boolean used = !(offsets.isEmpty() && livePatterns.isEmpty() && starts.isEmpty());
    if (subscribed && !used) {
      subscribed = false;
      context.shards().unsubscribe(Partitions.key(number));
      onLost(Partitions.key(number));
    }
  }

  @Override
  public void onMessage(String channel, byte[] payload) {
    context.counters().received.increment();
    if (resumed && requests != null) {
      try {
        onBroadcast(Broadcast.parse(payload, names));
      } catch (MalformedReplyException e) {
        onNonsense(e);
      }
    }
  }

  /**
   * Handles a message that is not a broadcast. Anyone may publish there, and a broadcast may be
   * missing all the same.
   */
  private void onNonsense(MalformedReplyException problem) {
    log.debug("{} received a message that is not a broadcast: {}", number, problem.getMessage());
    context.counters().holes.increment();
    lookAround();
  }

  private void onBroadcast(Broadcast broadcast) {
    boolean known = last.isKnown();
    boolean missing = known && !last.isFollowedBy(broadcast);
    if (known) {
      last.note(broadcast);
    }
    for (Broadcast.Item item : broadcast.items()) {
      ChannelOffset offset = offsets.of(item.channel());
      if (offset == null && known && livePatterns.covers(item.channel())) {
        offset = offsets.from(item.channel(), broadcast.epoch(), 0);
      }
      if (offset != null) {
        offsets.take(offset, item);
      }
    }
    if (missing) {
      context.counters().holes.increment();
      lookAround();
    }
  }

  /** Compares the wanted channels with their tops, and reads what is missing. */
  private void lookAround() {
    lookAround(livePatterns.isEmpty() ? List.copyOf(offsets.channels()) : List.of());
  }

  /**
   * @param channels none for all, if some pattern is covered
   */
  private void lookAround(List<String> channels) {
    boolean whole = !livePatterns.isEmpty();
    if (looking || (!whole && channels.isEmpty())) {
      return; // the answer that is on its way tells it
    }
    looking = true;
    ask(
        LogFunction.TOPS,
        channels,
        broadcast -> {
          looking = false;
          compare(broadcast, whole);
        });
  }

  private void askForTops(List<String> args, boolean whole, Consumer<Broadcast> then) {
    ask(
        LogFunction.TOPS,
        args,
        broadcast -> {
          compare(broadcast, whole);
          then.accept(broadcast);
        });
  }

  /**
   * @param whole whether channels that are not in the answer stand at 0
   */
  private void compare(Broadcast broadcast, boolean whole) {
    for (Broadcast.Item item : broadcast.items()) {
      if (livePatterns.covers(item.channel())) {
        offsets.from(item.channel(), last.epoch(), 0);
      }
    }
    offsets.compare(broadcast.items(), whole ? broadcast.epoch() : null);
    boolean others = last.isKnown() && !last.isInLifeOf(broadcast) && !whole;
    last.note(broadcast);
    if (others) {
      lookAround();
    }
  }

  /** Asks for the number of the last broadcast. */
  void feelPulse() {
    if (last.isKnown() && !looking) {
      ask(
          LogFunction.PULSE,
          List.of(),
          broadcast -> {
            if (last.isKnown() && !last.isStillLast(broadcast)) {
              context.counters().holes.increment();
              lookAround();
            }
          });
    }
  }

  private void read(ChannelOffset offset, Consumer<Broadcast> answer) {
    List<String> after = new ArrayList<>();
    after.add(offset.channel());
    after.add(offset.epoch());
    after.add(String.valueOf(offset.seq()));
    ask(LogFunction.MISSED, after, answer);
  }

  private void ask(LogFunction function, List<String> args, Consumer<Broadcast> answer) {
    long asked = life;
    if (requests != null) {
      requests.call(
          function,
          args,
          () -> life == asked,
          bytes -> answer.accept(Broadcast.parse(bytes, names)));
    }
  }
}
