package dev.tapeline.chaos.history;

import dev.tapeline.core.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A server that obeys the laws, in a few lines: makes correct records of clients on two nodes, on
 * durable channels with the same numbers everywhere and on plain ones that each node numbers.
 */
final class HistoryModel {

  static final List<String> DURABLE = List.of("trade@A", "trade@B");
  static final List<String> PLAIN = List.of("market:tick:P", "news");
  private static final List<String> NODES = List.of("n1", "n2");

  private static final class Feed {
    String epoch;
    final List<String> digests = new ArrayList<>();

    Feed(String epoch) {
      this.epoch = epoch;
    }
  }

  private static final class Subscription {
    final String channel;
    final boolean latest;
    @Nullable String epoch;
    long seq;

    Subscription(String channel, boolean latest) {
      this.channel = channel;
      this.latest = latest;
    }
  }

  private static final class Client {
    final String name;
    final boolean pattern;
    final List<Subscription> subscriptions = new ArrayList<>();
    String node = NODES.getFirst();
    boolean connected;

    Client(String name, boolean pattern) {
      this.name = name;
      this.pattern = pattern;
    }
  }

  private final Random random;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Feed> feeds = new LinkedHashMap<>();
  private final Map<String, Long> numbers = new LinkedHashMap<>();
  private final List<Client> clients = new ArrayList<>();
  private int epochs;
  private int made;

  private HistoryModel(long seed) {
    random = new Random(seed);
    DURABLE.forEach(channel -> feeds.put(channel, new Feed(nextEpoch())));
    for (String channel : PLAIN) {
      NODES.forEach(node -> feeds.put(channel + node, new Feed(nextEpoch())));
    }
    client("all", false, false);
    client("mixed", false, true);
    client("pattern", true, false);
  }

  static List<Event> correct(long seed) {
    return new HistoryModel(seed).run();
  }

  private void client(String name, boolean pattern, boolean latest) {
    Client client = new Client(name, pattern);
    DURABLE.forEach(channel -> client.subscriptions.add(new Subscription(channel, false)));
    if (!pattern) {
      PLAIN.forEach(channel ->
          client.subscriptions.add(
              new Subscription(channel, latest && channel.startsWith("market"))));
    }
    clients.add(client);
  }

  private String nextEpoch() {
    return "e" + ++epochs;
  }

  private Feed feed(Client client, String channel) {
    Feed shared = feeds.get(channel);
    return shared == null ? feeds.get(channel + client.node) : shared;
  }

  private List<Event> run() {
    for (int i = 0; i < 300; i++) {
      step();
    }
    clients.forEach(client -> {
      if (!client.connected) {
        connect(client);
      }
    });
    deliverAll();
    events.add(new Event.Quiet());
    DURABLE.forEach(channel -> publish(channel, true));
    PLAIN.forEach(channel -> publish(channel, true));
    deliverAll();
    DURABLE.forEach(this::log);
    events.add(new Event.Ended());
    return events;
  }

  private void step() {
    Client client = pick(clients);
    switch (random.nextInt(20)) {
      case 0 -> end(client);
      case 1 -> newEpoch();
      case 2, 3, 4, 5, 6, 7, 8 -> publish(pick(random.nextBoolean() ? DURABLE : PLAIN), false);
      default -> {
        if (client.connected) {
          deliver(client, pick(client.subscriptions));
        } else {
          connect(client);
        }
      }
    }
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void newEpoch() {
    Feed feed = pick(List.copyOf(feeds.values()));
    feed.epoch = nextEpoch();
    feed.digests.clear();
  }

  private void end(Client client) {
    if (client.connected) {
      events.add(new Event.Disconnected(client.name, "model"));
      client.connected = false;
    }
  }

  private void publish(String channel, boolean surely) {
    String publisher = surely ? "p0" : "p" + random.nextInt(2);
    long number = numbers.merge(publisher + channel, 1L, Long::sum);
    String digest = "d" + ++made;
    events.add(new Event.Attempted(publisher, channel, number, digest));
    int fate = surely ? 9 : random.nextInt(20);
    if (fate == 0) {
      events.add(new Event.Refused(publisher, channel, number, "FENCED"));
      return;
    }
    if (fate > 1) {
      append(channel, digest);
    }
    events.add(
        fate < 3
            ? new Event.Unclear(publisher, channel, number, "cut")
            : new Event.Acknowledged(publisher, channel, number, position(channel)));
  }

  private @Nullable Position position(String channel) {
    Feed shared = feeds.get(channel);
    return shared == null ? null : new Position(shared.epoch, shared.digests.size());
  }

  private void append(String channel, String digest) {
    Feed shared = feeds.get(channel);
    if (shared != null) {
      shared.digests.add(digest);
    } else {
      NODES.forEach(node -> feeds.get(channel + node).digests.add(digest));
    }
  }

  private void connect(Client client) {
    client.node = pick(NODES);
    client.connected = true;
    events.add(new Event.Connected(client.name, client.node));
    if (client.pattern) {
      events.add(new Event.Asked(client.name, "trade@*", false, null));
      events.add(new Event.Subscribed(client.name, "trade@*", null, false));
      client.subscriptions.forEach(subscription -> subscription.epoch = null);
    } else {
      client.subscriptions.forEach(subscription -> subscribe(client, subscription));
    }
  }

  private void subscribe(Client client, Subscription subscription) {
    Feed feed = feed(client, subscription.channel);
    String epoch = subscription.epoch;
    Position held = epoch == null ? null : new Position(epoch, subscription.seq);
    Position top = new Position(feed.epoch, feed.digests.size());
    String channel = subscription.channel;
    events.add(new Event.Asked(client.name, channel, subscription.latest, held));
    boolean recovered =
        held != null
            && DURABLE.contains(channel)
            && held.epoch().equals(feed.epoch)
            && random.nextInt(5) > 0;
    events.add(new Event.Subscribed(client.name, channel, top, recovered));
    subscription.epoch = feed.epoch;
    if (!recovered) {
      subscription.seq = top.seq();
      snapshot(client, subscription, feed);
    }
    while (subscription.seq < top.seq()) {
      next(client, subscription, feed);
    }
  }

  private void snapshot(Client client, Subscription subscription, Feed feed) {
    if (!feed.digests.isEmpty() && random.nextBoolean()) {
      events.add(
          new Event.Snapshot(
              client.name, subscription.channel, subscription.seq, null, feed.digests.getLast()));
    }
  }

  private void deliver(Client client, Subscription subscription) {
    Feed feed = feed(client, subscription.channel);
    if (subscription.epoch == null) {
      announce(client, subscription, feed);
    } else if (!feed.epoch.equals(subscription.epoch)) {
      Position begin = new Position(feed.epoch, 0);
      events.add(new Event.Epoch(client.name, subscription.channel, begin, "upstream"));
      subscription.epoch = feed.epoch;
      subscription.seq = 0;
    } else if (subscription.seq < feed.digests.size()) {
      if (random.nextInt(15) == 0 && !subscription.latest) {
        gap(client, subscription, feed);
      } else {
        next(client, subscription, feed);
      }
    }
  }

  private void announce(Client client, Subscription subscription, Feed feed) {
    if (!feed.digests.isEmpty()) {
      subscription.epoch = feed.epoch;
      subscription.seq = feed.digests.size();
      events.add(
          new Event.Data(
              client.name,
              subscription.channel,
              subscription.seq,
              feed.epoch,
              feed.digests.getLast()));
    }
  }

  private void next(Client client, Subscription subscription, Feed feed) {
    long from = subscription.seq + 1;
    long seq = subscription.latest ? feed.digests.size() : from;
    String digest = feed.digests.get((int) seq - 1);
    String channel = subscription.channel;
    events.add(
        from == seq
            ? new Event.Data(client.name, channel, seq, null, digest)
            : new Event.Merged(client.name, channel, from, seq, seq - from + 1, null, digest));
    subscription.seq = seq;
  }

  private void gap(Client client, Subscription subscription, Feed feed) {
    long from = subscription.seq + 1;
    long to = from + random.nextInt(feed.digests.size() - (int) subscription.seq);
    events.add(new Event.Gap(client.name, subscription.channel, from, to, "overrun"));
    subscription.seq = to;
  }

  private void deliverAll() {
    for (Client client : clients) {
      for (Subscription subscription : client.subscriptions) {
        Feed feed = feed(client, subscription.channel);
        while (!feed.epoch.equals(subscription.epoch)
            ? subscription.epoch != null || !feed.digests.isEmpty()
            : subscription.seq < feed.digests.size()) {
          deliverSurely(client, subscription, feed);
        }
      }
    }
  }

  private void deliverSurely(Client client, Subscription subscription, Feed feed) {
    if (feed.epoch.equals(subscription.epoch)) {
      next(client, subscription, feed);
    } else {
      deliver(client, subscription);
    }
  }

  private void log(String channel) {
    Feed feed = feeds.get(channel);
    int size = feed.digests.size();
    int oldest = 1 + random.nextInt(size);
    for (int seq = oldest; seq <= size; seq++) {
      Position position = new Position(feed.epoch, seq);
      events.add(new Event.Logged(channel, position, feed.digests.get(seq - 1)));
    }
    events.add(new Event.Top(channel, new Position(feed.epoch, size), oldest));
  }
}
