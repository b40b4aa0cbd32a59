package dev.tapeline.redis.receive;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.redis.log.Partitions;
import dev.tapeline.redis.wire.ChannelNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The receiving half of the bus for durable channels: delivers the numbers of each in order, each
 * once, for as long as the channel is wanted and the bus is up. Each {@link Partition} lives as its
 * connection does. Owned by the thread that delivers.
 */
public final class DurableReceiver {

  private final Interests interests;
  private final Delivery delivery = new Delivery();
  private final List<Partition> partitions;
  private boolean resumed;

  public DurableReceiver(Interests interests, LogRequests.Means means) {
    this.interests = interests;
    ChannelNames names = new ChannelNames(0);
    this.partitions =
        IntStream.range(0, Partitions.COUNT)
            .mapToObj(number -> new Partition(number, means, names, delivery))
            .toList();
  }

  /** A session of the bus has begun: all that is wanted is going to be begun. */
  public void resume(Bus.Listener to) {
    resumed = true;
    delivery.to(to);
    partitions.forEach(partition -> partition.resume(interests));
  }

  /** It has ended: nothing is delivered until the next. */
  public void pause() {
    resumed = false;
    partitions.forEach(Partition::pause);
  }

  /** Delivers what the interests match, from a moment on that the callback hears. */
  void begin(List<Interest> asked, Beginning.Begun callback) {
    if (!resumed) {
      return; // the next session begins them
    }
    List<Map<String, Beginning>> byName = new ArrayList<>();
    partitions.forEach(_ -> byName.add(new HashMap<>()));
    List<Beginning> byPattern = new ArrayList<>();
    for (Interest interest : asked) {
      if (interest.selector() instanceof Channel(String name)) {
        byName.get(Partitions.of(name)).put(name, new Beginning(interest, 1, callback));
      } else {
        byPattern.add(new Beginning(interest, partitions.size(), callback));
      }
    }
    for (int i = 0; i < partitions.size(); i++) {
      if (!byName.get(i).isEmpty() || !byPattern.isEmpty()) {
        partitions.get(i).begin(byName.get(i), byPattern);
      }
    }
  }

  /** Delivers no more of what only these interests wanted. */
  void end(List<Interest> dropped) {
    List<Interest> byPattern = new ArrayList<>();
    for (Interest interest : dropped) {
      if (interest.selector() instanceof Channel(String name)) {
        partitions.get(Partitions.of(name)).end(interest, interests);
      } else {
        byPattern.add(interest);
      }
    }
    if (!byPattern.isEmpty()) {
      partitions.forEach(partition -> partition.endPatterns(byPattern, interests));
    }
  }

  /** Asks each partition for the number of its last broadcast. */
  public void feelPulse() {
    partitions.forEach(Partition::feelPulse);
  }
}
