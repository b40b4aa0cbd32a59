package dev.tapeline.redis.receive;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far the wanted channels of a partition have been delivered. The numbers of a channel tell
 * what is missing of it, which is read; while that is under way what comes of the channel is passed
 * over, for the answer will hold it. Outlives the connection. Owned by the thread that delivers.
 */
final class Tracks {

  /** Reads what was published on a channel after where a track stands. */
  interface Reader {
    void read(Track track, Consumer<Bulletin> answer);
  }

  private final Map<String, Track> tracks = new HashMap<>();
  private final Reader reader;
  private final Delivery delivery;
  private final RedisCounters counters;

  Tracks(Reader reader, Delivery delivery, RedisCounters counters) {
    this.reader = reader;
    this.delivery = delivery;
    this.counters = counters;
  }

  boolean isEmpty() {
    return tracks.isEmpty();
  }

  @Nullable Track of(String channel) {
    return tracks.get(channel);
  }

  /** The track of a channel, which begins at a position if there is none. */
  Track from(String channel, String epoch, long seq) {
    return tracks.computeIfAbsent(channel, _ -> new Track(channel, epoch, seq));
  }

  Collection<String> channels() {
    return tracks.keySet();
  }

  void remove(String channel) {
    tracks.remove(channel);
  }

  void removeIf(Predicate<String> isUnwanted) {
    tracks.keySet().removeIf(isUnwanted);
  }

  /** Forgets what the last connection was asked. */
  void reset() {
    tracks.values().forEach(Track::reset);
  }

  /** A publication has been broadcast. */
  void take(Track track, Bulletin.Item item) {
    if (track.isBehind()) {
      return;
    }
    boolean sameEpoch = item.epoch().equals(track.epoch());
    if (sameEpoch && item.seq() <= track.seq()) {
      return;
    }
    if (item.seq() != (sameEpoch ? track.seq() + 1 : 1)) {
      catchUp(track);
      return;
    }
    if (!sameEpoch) {
      delivery.jump(track, item.epoch(), 0);
    }
    delivery.pass(track, item);
  }

  /**
   * Reads what is missing of the channels that stand elsewhere.
   *
   * @param rest the epoch in which those that are not named stand at 0, if that is known
   */
  void compare(List<Bulletin.Item> named, @Nullable String rest) {
    Map<String, Bulletin.Item> tops = new LinkedHashMap<>();
    named.forEach(item -> tops.put(item.channel(), item));
    tops.values().forEach(this::compare);
    if (rest != null) {
      for (Track track : List.copyOf(tracks.values())) {
        if (!tops.containsKey(track.channel())) {
          compare(track, rest, 0);
        }
      }
    }
  }

  private void compare(Bulletin.Item top) {
    Track track = tracks.get(top.channel());
    if (track != null) {
      compare(track, top.epoch(), top.seq());
    }
  }

  private void compare(Track track, String epoch, long seq) {
    boolean sameEpoch = epoch.equals(track.epoch());
    if (track.isBehind() || (sameEpoch && seq <= track.seq())) {
      return;
    }
    if (seq == 0) {
      delivery.jump(track, epoch, 0);
    } else {
      catchUp(track);
    }
  }

  private void catchUp(Track track) {
    track.fallBehind();
    reader.read(
        track,
        bulletin -> {
          if (tracks.get(track.channel()) == track) {
            caughtUp(track, bulletin.items());
          }
        });
  }

  /** The first item is the position before the others, and the newest number in its place. */
  private void caughtUp(Track track, List<Bulletin.Item> items) {
    Bulletin.Item start = items.getFirst();
    if (!start.epoch().equals(track.epoch())) {
      delivery.jump(track, start.epoch(), start.seq());
    } else {
      track.move(start.epoch(), Math.max(track.seq(), start.seq()));
    }
    List<Bulletin.Item> missed = items.subList(1, items.size());
    for (Bulletin.Item item : missed) {
      counters.repaired.increment();
      delivery.pass(track, item);
    }
    if (track.seq() < Long.parseLong(start.text()) && !missed.isEmpty()) {
      catchUp(track);
    } else {
      track.catchUp().forEach(Runnable::run);
    }
  }
}
