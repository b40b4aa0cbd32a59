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
 * The receiving half of the bus for durable channels. It delivers the numbers of each channel in
 * order, each once, as long as the channel is wanted and the bus is up. Owned by the thread that
 * delivers.
 */
public final class DurableReceiver {

  private final BusSubscriptions subscriptions;
  private final Delivery delivery = new Delivery();
  private final List<PartitionReceiver> partitions;
  private boolean resumed;

  public DurableReceiver(BusSubscriptions subscriptions, LogRequests.LogContext context) {
    this.subscriptions = subscriptions;
    ChannelNames names = new ChannelNames(0);
    this.partitions =
        IntStream.range(0, Partitions.COUNT)
            .mapToObj(number -> new PartitionReceiver(number, context, names, delivery))
            .toList();
  }

  /** A session of the bus has begun, which will begin all subscriptions. */
  public void resume(Bus.Listener to) {
    resumed = true;
    delivery.to(to);
    partitions.forEach(partition -> partition.resume(subscriptions));
  }

  /** The session has ended. Nothing is delivered until the next one. */
  public void pause() {
    resumed = false;
    partitions.forEach(PartitionReceiver::pause);
  }

  /** Delivers what the subscriptions match, from the moment at which the callback is called. */
  void begin(List<BusSubscription> asked, PendingStart.Begun callback) {
    if (!resumed) {
      return; // the next session begins them
    }
    List<Map<String, PendingStart>> byName = new ArrayList<>();
    partitions.forEach(_ -> byName.add(new HashMap<>()));
    List<PendingStart> byPattern = new ArrayList<>();
    for (BusSubscription subscription : asked) {
      if (subscription.selector() instanceof Channel(String name)) {
        byName.get(Partitions.of(name)).put(name, new PendingStart(subscription, 1, callback));
      } else {
        byPattern.add(new PendingStart(subscription, partitions.size(), callback));
      }
    }
    for (int i = 0; i < partitions.size(); i++) {
      if (!byName.get(i).isEmpty() || !byPattern.isEmpty()) {
        partitions.get(i).begin(byName.get(i), byPattern);
      }
    }
  }

  /** Stops delivering what only these subscriptions wanted. */
  void end(List<BusSubscription> dropped) {
    List<BusSubscription> byPattern = new ArrayList<>();
    for (BusSubscription subscription : dropped) {
      if (subscription.selector() instanceof Channel(String name)) {
        partitions.get(Partitions.of(name)).end(subscription, subscriptions);
      } else {
        byPattern.add(subscription);
      }
    }
    if (!byPattern.isEmpty()) {
      partitions.forEach(partition -> partition.endPatterns(byPattern, subscriptions));
    }
  }

  /** Asks each partition for the number of its last broadcast. */
  public void feelPulse() {
    partitions.forEach(PartitionReceiver::feelPulse);
  }
}
