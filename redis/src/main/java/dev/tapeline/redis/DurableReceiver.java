package dev.tapeline.redis;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The receiving half of the bus for durable channels: delivers the numbers of each in order, each
 * once, for as long as the channel is wanted. Owned by the thread that delivers; outlives the
 * connection, so that what was missed meanwhile can be read.
 *
 * <p>All that is read comes over the connection that brings the broadcasts, as its answers have a
 * place among them: what was broadcast before is in the answer, what comes later is not. So no two
 * sources are ever to be merged. A channel's own numbers tell what is missing of it; the numbers of
 * the partition's broadcasts, which are asked for each second too, tell that something is missing
 * of which nothing came after. While what is missing of a channel is being read, what comes of it
 * is passed over, for the answer will hold it.
 */
final class DurableReceiver {

  private static final int NAMES_A_CALL = 200;

  private final Interests interests;
  private final RedisCounters counters;
  private final ChannelNames names = new ChannelNames(0);
  private final PartitionState[] partitions = new PartitionState[Partitions.COUNT];
  private LogRequests requests = LogRequests.NONE;
  private Bus.Listener listener = Bus.Listener.DEAF;

  DurableReceiver(Interests interests, RedisCounters counters) {
    this.interests = interests;
    this.counters = counters;
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new PartitionState(i);
    }
  }

  /** A connection has been opened, of which nothing was asked yet. */
  void attach(LogRequests newest, Bus.Listener to) {
    requests = newest;
    listener = to;
    for (PartitionState partition : partitions) {
      partition.reset();
      partition.prune(interests);
    }
  }

  /** What is called when an interest has begun: with the newest publication of its channel. */
  interface Begun {
    void begun(Interest interest, List<Publication> newest);
  }

  /** Delivers what the interests match, from a moment on that the callback hears. */
  void begin(List<Interest> asked, Begun callback) {
    Map<Integer, List<Interest>> byName = new TreeMap<>();
    for (Interest interest : asked) {
      if (interest.selector() instanceof Channel(String name)) {
        byName.computeIfAbsent(Partitions.of(name), _ -> new ArrayList<>()).add(interest);
      } else {
        beginPattern(interest, callback);
      }
    }
    byName.forEach((number, some) -> {
      for (int from = 0; from < some.size(); from += NAMES_A_CALL) {
        List<Interest> part = some.subList(from, Math.min(some.size(), from + NAMES_A_CALL));
        beginNames(partitions[number], List.copyOf(part), callback);
      }
    });
  }

  private void beginNames(PartitionState partition, List<Interest> some, Begun callback) {
    Map<String, Interest> byName = new HashMap<>();
    some.forEach(interest -> byName.put(interest.selector().text(), interest));
    open(partition);
    ask(
        partition,
        List.copyOf(byName.keySet()),
        bulletin -> {
          partition.beginning--;
          compare(partition, bulletin, false);
          for (Bulletin.Item item : bulletin.items()) {
            Interest interest = byName.get(item.channel());
            if (interest != null && interest.isWanted()) {
              beginName(partition, interest, item, callback);
            }
          }
        });
  }

  private void beginName(
      PartitionState partition, Interest interest, Bulletin.Item item, Begun callback) {
    Track track =
        partition.tracks.computeIfAbsent(
            item.channel(), channel -> new Track(channel, item.epoch(), item.seq()));
    track.whenEven(() -> {
      boolean there = item.hasEntry() && track.position().equals(positionOf(item));
      Publication newest = there ? publication(item) : null;
      if (interest.isWanted()) {
        listener.onPosition(track.channel(), track.position(), newest);
        callback.begun(interest, newest == null ? List.of() : List.of(newest));
      }
    });
  }

  private void beginPattern(Interest interest, Begun callback) {
    int[] left = {partitions.length};
    for (PartitionState partition : partitions) {
      open(partition);
      ask(
          partition,
          List.of(),
          bulletin -> {
            partition.beginning--;
            compare(partition, bulletin, true);
            if (interest.isWanted()) {
              cover(partition, interest, bulletin);
            }
            if (--left[0] == 0) {
              callback.begun(interest, List.of());
            }
          });
    }
  }

  private void cover(PartitionState partition, Interest pattern, Bulletin bulletin) {
    Selector selector = pattern.selector();
    for (Bulletin.Item item : bulletin.items()) {
      if (selector.matches(item.channel())) {
        partition.tracks.computeIfAbsent(
            item.channel(), channel -> new Track(channel, item.epoch(), item.seq()));
      }
    }
    partition.cover(pattern);
  }

  private void open(PartitionState partition) {
    partition.beginning++;
    if (!partition.subscribed) {
      partition.subscribed = true;
      requests.subscribe(partition.number);
    }
  }

  /** Delivers no more of what only this interest wanted. */
  void end(Interest interest) {
    if (interest.selector() instanceof Channel(String name)) {
      PartitionState partition = partitions[Partitions.of(name)];
      if (!interests.wants(name)) {
        partition.tracks.remove(name);
      }
      closeUnused(partition);
      return;
    }
    for (PartitionState partition : partitions) {
      partition.uncover(interest);
      partition
          .tracks
          .keySet()
          .removeIf(channel -> interest.selector().matches(channel) && !interests.wants(channel));
      closeUnused(partition);
    }
  }

  private void closeUnused(PartitionState partition) {
    if (partition.subscribed && partition.isUnused()) {
      partition.subscribed = false;
      partition.known = false;
      requests.unsubscribe(partition.number);
    }
  }

  /** A broadcast of a partition has come. */
  void onBroadcast(int number, byte[] payload) {
    PartitionState partition = partitions[number];
    Bulletin bulletin = Bulletin.parse(payload, names);
    boolean follows =
        partition.isInLifeOf(bulletin)
            && bulletin.n() == partition.n + 1
            && !bulletin.items().isEmpty();
    boolean missing = partition.known && !follows;
    if (partition.known) {
      partition.note(bulletin);
    }
    for (Bulletin.Item item : bulletin.items()) {
      Track track = partition.tracks.get(item.channel());
      if (track == null && partition.known && partition.covers(item.channel())) {
        track = new Track(item.channel(), bulletin.epoch(), 0);
        partition.tracks.put(item.channel(), track);
      }
      if (track != null) {
        deliver(partition, track, item);
      }
    }
    if (missing) {
      counters.holes.increment();
      lookAround(partition);
    }
  }

  private void deliver(PartitionState partition, Track track, Bulletin.Item item) {
    if (track.isBehind()) {
      return;
    }
    boolean sameEpoch = item.epoch().equals(track.epoch());
    if (sameEpoch && item.seq() <= track.seq()) {
      return;
    }
    if (item.seq() != (sameEpoch ? track.seq() + 1 : 1)) {
      catchUp(partition, track);
      return;
    }
    if (!sameEpoch) {
      tellPosition(track, item.epoch(), 0);
    }
    pass(track, item);
  }

  private void pass(Track track, Bulletin.Item item) {
    track.move(item.epoch(), item.seq());
    listener.onPublication(publication(item));
  }

  private void tellPosition(Track track, String epoch, long seq) {
    track.move(epoch, seq);
    listener.onPosition(track.channel(), track.position(), null);
  }

  /** Asks where the wanted channels of a partition stand, and for what is missing of them. */
  private void lookAround(PartitionState partition) {
    if (partition.asking || !partition.subscribed) {
      return; // the answer that is on its way tells it
    }
    partition.asking = true;
    boolean whole = partition.hasPatterns();
    List<String> channels = whole ? List.of() : List.copyOf(partition.tracks.keySet());
    if (!whole && channels.isEmpty()) {
      partition.asking = false;
      return;
    }
    ask(
        partition,
        channels,
        bulletin -> {
          partition.asking = false;
          compare(partition, bulletin, whole);
        });
  }

  private void ask(PartitionState partition, List<String> channels, Consumer<Bulletin> answer) {
    requests.call(
        LogFunction.TOPS,
        partition.number,
        channels,
        bytes -> answer.accept(Bulletin.parse(bytes, names)));
  }

  /**
   * Reads what is missing of the channels that stand elsewhere.
   *
   * @param whole whether those that are not in the answer stand at 0
   */
  private void compare(PartitionState partition, Bulletin bulletin, boolean whole) {
    Map<String, Bulletin.Item> tops = new HashMap<>();
    for (Bulletin.Item item : bulletin.items()) {
      tops.put(item.channel(), item);
      if (partition.covers(item.channel())) {
        partition.tracks.computeIfAbsent(
            item.channel(), channel -> new Track(channel, partition.epoch, 0));
      }
    }
    for (Track track : List.copyOf(partition.tracks.values())) {
      Bulletin.Item top = tops.get(track.channel());
      if (top != null) {
        compare(partition, track, top.epoch(), top.seq());
      } else if (whole) {
        compare(partition, track, bulletin.epoch(), 0);
      }
    }
    boolean others = partition.known && !partition.isInLifeOf(bulletin) && !whole;
    if (whole || !partition.known || partition.isInLifeOf(bulletin)) {
      partition.note(bulletin);
      partition.known = true;
    }
    if (others) {
      partition.note(bulletin);
      lookAround(partition);
    }
  }

  private void compare(PartitionState partition, Track track, String epoch, long seq) {
    boolean sameEpoch = epoch.equals(track.epoch());
    if (track.isBehind() || (sameEpoch && seq <= track.seq())) {
      return;
    }
    if (seq == 0) {
      tellPosition(track, epoch, 0);
    } else {
      catchUp(partition, track);
    }
  }

  private void catchUp(PartitionState partition, Track track) {
    track.fallBehind();
    requests.call(
        LogFunction.MISSED,
        partition.number,
        List.of(track.channel(), track.epoch(), String.valueOf(track.seq())),
        bytes -> caughtUp(partition, track, Bulletin.parse(bytes, names)));
  }

  /** The first item is the position before the others, and the newest number in its place. */
  private void caughtUp(PartitionState partition, Track track, Bulletin bulletin) {
    if (partition.tracks.get(track.channel()) != track) {
      return;
    }
    Bulletin.Item start = bulletin.items().getFirst();
    if (!start.epoch().equals(track.epoch())) {
      tellPosition(track, start.epoch(), start.seq());
    } else {
      track.move(start.epoch(), Math.max(track.seq(), start.seq()));
    }
    for (Bulletin.Item item : bulletin.items().subList(1, bulletin.items().size())) {
      counters.repaired.increment();
      pass(track, item);
    }
    long top =
        Long.parseLong(
            new String(
                start.bytes(),
                start.from(),
                start.to() - start.from(),
                java.nio.charset.StandardCharsets.US_ASCII));
    boolean advanced = bulletin.items().size() > 1;
    if (track.seq() < top && advanced) {
      catchUp(partition, track);
    } else {
      track.catchUp().forEach(Runnable::run);
    }
  }

  /** Asks each partition for the number of its last broadcast. */
  void feelPulse() {
    for (PartitionState partition : partitions) {
      if (partition.subscribed && partition.known && !partition.asking) {
        requests.call(
            LogFunction.PULSE,
            partition.number,
            List.of(),
            bytes -> felt(partition, Bulletin.parse(bytes, names)));
      }
    }
  }

  private void felt(PartitionState partition, Bulletin bulletin) {
    if (partition.known && !(partition.isInLifeOf(bulletin) && partition.n == bulletin.n())) {
      counters.holes.increment();
      lookAround(partition);
    }
  }

  private static Position positionOf(Bulletin.Item item) {
    return new Position(item.epoch(), item.seq());
  }

  private static Publication publication(Bulletin.Item item) {
    return item.entry().publication(item.channel(), positionOf(item));
  }
}
