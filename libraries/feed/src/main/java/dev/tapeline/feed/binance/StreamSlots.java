package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.VendorLink;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to Binance's streams, as many as the streams need. Owned by its feed's thread.
 */
final class StreamSlots {

  private final BinanceOptions options;
  private final VendorLink link;
  private final StreamAddress address;
  private final ConnectionPace pace = new ConnectionPace();
  private final SplittableRandom chance;
  private final List<StreamSlot> slots = new ArrayList<>();
  private long requestId;

  /** A socket and the slot it belongs to. */
  record Place(StreamSlot slot, StreamSocket socket) {}

  StreamSlots(BinanceOptions options, VendorLink link) {
    this.options = options;
    this.link = link;
    this.address = new StreamAddress(options.hosts().streams(), options.microseconds());
    this.chance = new SplittableRandom(options.connections().seed());
  }

  /** Subscribes these streams and no others; each stays on the connection it is on. */
  void set(Set<String> wanted, long now) {
    Set<String> missing = new LinkedHashSet<>(wanted);
    for (StreamSlot slot : slots) {
      slot.streams().retainAll(wanted);
      missing.removeAll(slot.streams());
    }
    for (String stream : missing) {
      roomy().streams().add(stream);
    }
    slots.forEach(slot -> slot.changed(now));
  }

  private StreamSlot roomy() {
    for (StreamSlot slot : slots) {
      if (slot.streams().size() < options.connections().maxStreams()) {
        return slot;
      }
    }
    long life = options.connections().life().toMillis();
    long longer = chance.nextLong(life / 48 + 1); // half an hour in 23
    String name = "streams-" + (slots.size() + 1);
    StreamSlot slot = new StreamSlot(name, link, address, pace, life + longer);
    slots.add(slot);
    return slot;
  }

  /** The place of a socket; null if none has this name. */
  @Nullable Place place(String name) {
    for (StreamSlot slot : slots) {
      StreamSocket socket = slot.socket(name);
      if (socket != null) {
        return new Place(slot, socket);
      }
    }
    return null;
  }

  /** Does what is due on each connection. */
  void onTime(long now) {
    LongSupplier ids = () -> ++requestId;
    slots.forEach(slot -> slot.onTime(now, ids));
  }

  /** Why a connection brings nothing, with how many there are; null if all do. */
  @Nullable String problem() {
    int down = 0;
    String first = null;
    int used = 0;
    for (StreamSlot slot : slots) {
      used += slot.streams().isEmpty() ? 0 : 1;
      String problem = slot.problem();
      if (problem != null) {
        down++;
        first = first == null ? problem : first;
      }
    }
    return first == null || used == 1
        ? first
        : "%d of %d connections: %s".formatted(down, used, first);
  }

  /** How many streams Binance has refused. */
  int refused() {
    return slots.stream().mapToInt(slot -> slot.refused().size()).sum();
  }

  void forEachRefused(Consumer<String> action) {
    slots.forEach(slot -> slot.refused().forEach(action));
  }

  boolean isIdle() {
    return slots.stream().allMatch(slot -> slot.streams().isEmpty());
  }
}
