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
 * What is wanted of one partition, and how far it has been delivered. Outlives the connection that
 * brings its broadcasts: on the next one, what was missed is read, and who waited for an answer is
 * begun again. Owned by the thread that delivers.
 *
 * <p>All that is read comes over the connection that brings the broadcasts, as its answers have a
 * place among them: what was broadcast before is in the answer, what comes later is not. So no two
 * sources are ever to be merged. A channel's own numbers tell what is missing of it; the numbers of
 * the partition's broadcasts, which are asked for each second too, tell that something is missing
 * of which nothing came after.
 */
final class Partition implements ShardedSubscriptions.Listener {

  private static final Logger log = LoggerFactory.getLogger(Partition.class);

  private final int number;
  private final LogRequests.Means means;
  private final ChannelNames names;
  private final Tracks tracks;
  private final Coverage coverage = new Coverage();
  private final LastBroadcast last = new LastBroadcast();
  private final Beginnings beginnings;
  private boolean subscribed;
  private boolean resumed;

  // Of the connection.
  private @Nullable LogRequests requests;
  private boolean looking;
  private long life;

  Partition(int number, LogRequests.Means means, ChannelNames names, Delivery delivery) {
    this.number = number;
    this.means = means;
    this.names = names;
    this.tracks = new Tracks(this::read, delivery, means.counters());
    this.beginnings = new Beginnings(tracks, coverage, delivery, this::askForTops);
  }

  /** Delivers from here on; all that is wanted is being begun. */
  void resume(Interests interests) {
    beginnings.clear();
    coverage.prune();
    tracks.removeIf(channel -> !interests.wants(channel));
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
    requests = means.over(over, number);
    if (resumed) {
      boolean all = beginnings.askAgain();
      if (!all) {
        lookAround(tracks.channels().stream().filter(it -> !beginnings.awaits(it)).toList());
      }
    }
  }

  @Override
  public void onLost(String channel) {
    beginLife();
    requests = null;
  }

  /** What was asked before is of no use any more. */
  private void beginLife() {
    life++;
    looking = false;
    last.forget();
    tracks.reset();
  }

  /** Begins interests in channels of this partition, and in patterns. */
  void begin(Map<String, Beginning> channels, List<Beginning> patterns) {
    beginnings.add(channels, patterns);
    if (!subscribed) {
      subscribed = true;
      means.shards().subscribe(Partitions.key(number), this);
    } else if (requests != null) {
      beginnings.ask(channels, patterns);
    }
  }

  /** Delivers no more of a channel that only this interest, by its name, wanted. */
  void end(Interest name, Interests interests) {
    beginnings.remove(name);
    if (!interests.wants(name.selector().text())) {
      tracks.remove(name.selector().text());
    }
    closeUnused();
  }

  /** Delivers no more of what only these wanted, however many: each channel is looked at once. */
  void endPatterns(List<Interest> patterns, Interests interests) {
    for (Interest pattern : patterns) {
      beginnings.remove(pattern);
      coverage.remove(pattern);
    }
    tracks.removeIf(channel -> !interests.wants(channel));
    closeUnused();
  }

  private void closeUnused() {
    boolean used = !(tracks.isEmpty() && coverage.isEmpty() && beginnings.isEmpty());
    if (subscribed && !used) {
      subscribed = false;
      means.shards().unsubscribe(Partitions.key(number));
      onLost(Partitions.key(number));
    }
  }

  @Override
  public void onMessage(String channel, byte[] payload) {
    means.counters().received.increment();
    if (resumed && requests != null) {
      try {
        onBroadcast(Bulletin.parse(payload, names));
      } catch (MalformedReplyException e) {
        onNonsense(e);
      }
    }
  }

  /** Anyone may publish there: it is no broadcast, and one may be missing all the same. */
  private void onNonsense(MalformedReplyException problem) {
    log.debug("Partition {} gets what is no broadcast: {}", number, problem.getMessage());
    means.counters().holes.increment();
    lookAround();
  }

  private void onBroadcast(Bulletin bulletin) {
    boolean known = last.isKnown();
    boolean missing = known && !last.isFollowedBy(bulletin);
    if (known) {
      last.note(bulletin);
    }
    for (Bulletin.Item item : bulletin.items()) {
      Track track = tracks.of(item.channel());
      if (track == null && known && coverage.covers(item.channel())) {
        track = tracks.from(item.channel(), bulletin.epoch(), 0);
      }
      if (track != null) {
        tracks.take(track, item);
      }
    }
    if (missing) {
      means.counters().holes.increment();
      lookAround();
    }
  }

  /** Asks where the wanted channels stand, and for what is missing of them. */
  private void lookAround() {
    lookAround(coverage.isEmpty() ? List.copyOf(tracks.channels()) : List.of());
  }

  /**
   * @param channels none for all, if some pattern is covered
   */
  private void lookAround(List<String> channels) {
    boolean whole = !coverage.isEmpty();
    if (looking || (!whole && channels.isEmpty())) {
      return; // the answer that is on its way tells it
    }
    looking = true;
    ask(
        LogFunction.TOPS,
        channels,
        bulletin -> {
          looking = false;
          compare(bulletin, whole);
        });
  }

  private void askForTops(List<String> args, boolean whole, Consumer<Bulletin> then) {
    ask(
        LogFunction.TOPS,
        args,
        bulletin -> {
          compare(bulletin, whole);
          then.accept(bulletin);
        });
  }

  /**
   * @param whole whether channels that are not in the answer stand at 0
   */
  private void compare(Bulletin bulletin, boolean whole) {
    for (Bulletin.Item item : bulletin.items()) {
      if (coverage.covers(item.channel())) {
        tracks.from(item.channel(), last.epoch(), 0);
      }
    }
    tracks.compare(bulletin.items(), whole ? bulletin.epoch() : null);
    boolean others = last.isKnown() && !last.isInLifeOf(bulletin) && !whole;
    last.note(bulletin);
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
          bulletin -> {
            if (last.isKnown() && !last.isStillLast(bulletin)) {
              means.counters().holes.increment();
              lookAround();
            }
          });
    }
  }

  private void read(Track track, Consumer<Bulletin> answer) {
    List<String> after = new ArrayList<>();
    after.add(track.channel());
    after.add(track.epoch());
    after.add(String.valueOf(track.seq()));
    ask(LogFunction.MISSED, after, answer);
  }

  private void ask(LogFunction function, List<String> args, Consumer<Bulletin> answer) {
    long asked = life;
    if (requests != null) {
      requests.call(
          function,
          args,
          () -> life == asked,
          bytes -> answer.accept(Bulletin.parse(bytes, names)));
    }
  }
}
