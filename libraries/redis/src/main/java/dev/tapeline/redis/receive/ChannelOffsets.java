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
 * The offsets of the wanted channels of a partition, and the repair of gaps. A gap in the numbers
 * of a channel shows what is missing, which is then read. Publications that come meanwhile are
 * ignored, because the answer will hold them. Outlives the connection. Owned by the thread that
 * delivers.
 */
final class ChannelOffsets {

  /** Reads the publications of a channel after its offset. */
  interface Reader {
    void read(ChannelOffset offset, Consumer<Broadcast> answer);
  }

  private final Map<String, ChannelOffset> offsets = new HashMap<>();
  private final Reader reader;
  private final Delivery delivery;
  private final RedisCounters counters;

  ChannelOffsets(Reader reader, Delivery delivery, RedisCounters counters) {
    this.reader = reader;
    this.delivery = delivery;
    this.counters = counters;
  }

  boolean isEmpty() {
    return offsets.isEmpty();
  }

  @Nullable ChannelOffset of(String channel) {
    return offsets.get(channel);
  }

  /** The offset of a channel; begins at the given position if there is none. */
  ChannelOffset from(String channel, String epoch, long seq) {
    return offsets.computeIfAbsent(channel, _ -> new ChannelOffset(channel, epoch, seq));
  }

  Collection<String> channels() {
    return offsets.keySet();
  }

  void remove(String channel) {
    offsets.remove(channel);
  }

  void removeIf(Predicate<String> isUnwanted) {
    offsets.keySet().removeIf(isUnwanted);
  }

  /** Forgets the questions that the last connection was asked. */
  void reset() {
    offsets.values().forEach(ChannelOffset::reset);
  }

  /** Takes a publication that was broadcast. */
  void take(ChannelOffset offset, Broadcast.Item item) {
    if (offset.isBehind()) {
      return;
    }
    boolean sameEpoch = item.epoch().equals(offset.epoch());
    if (sameEpoch && item.seq() <= offset.seq()) {
      return;
    }
    if (item.seq() != (sameEpoch ? offset.seq() + 1 : 1)) {
      catchUp(offset);
      return;
    }
    if (!sameEpoch) {
      delivery.jump(offset, item.epoch(), 0);
    }
    delivery.pass(offset, item);
  }

  /**
   * Compares offsets with the tops of channels, and reads what is missing.
   *
   * @param rest the epoch in which those that are not named stand at 0, if that is known
   */
  void compare(List<Broadcast.Item> named, @Nullable String rest) {
    Map<String, Broadcast.Item> tops = new LinkedHashMap<>();
    named.forEach(item -> tops.put(item.channel(), item));
    tops.values().forEach(this::compare);
    if (rest != null) {
      for (ChannelOffset offset : List.copyOf(offsets.values())) {
        if (!tops.containsKey(offset.channel())) {
          compare(offset, rest, 0);
        }
      }
    }
  }

  private void compare(Broadcast.Item top) {
    ChannelOffset offset = offsets.get(top.channel());
    if (offset != null) {
      compare(offset, top.epoch(), top.seq());
    }
  }

  private void compare(ChannelOffset offset, String epoch, long seq) {
    boolean sameEpoch = epoch.equals(offset.epoch());
    if (offset.isBehind() || (sameEpoch && seq <= offset.seq())) {
      return;
    }
    if (seq == 0) {
      delivery.jump(offset, epoch, 0);
    } else {
      catchUp(offset);
    }
  }

  private void catchUp(ChannelOffset offset) {
    offset.fallBehind();
    reader.read(
        offset,
        broadcast -> {
          if (offsets.get(offset.channel()) == offset) {
            caughtUp(offset, broadcast.items());
          }
        });
  }

  /**
   * Delivers the answer. Its first item is the position before the others, with the newest number
   * in place of an entry.
   */
  private void caughtUp(ChannelOffset offset, List<Broadcast.Item> items) {
    Broadcast.Item start = items.getFirst();
    if (!start.epoch().equals(offset.epoch())) {
      delivery.jump(offset, start.epoch(), start.seq());
    } else {
      offset.move(start.epoch(), Math.max(offset.seq(), start.seq()));
    }
    List<Broadcast.Item> missed = items.subList(1, items.size());
    for (Broadcast.Item item : missed) {
      counters.repaired.increment();
      delivery.pass(offset, item);
    }
    if (offset.seq() < Long.parseLong(start.text()) && !missed.isEmpty()) {
      catchUp(offset);
    } else {
      offset.catchUp().forEach(Runnable::run);
    }
  }
}
