package dev.tapeline.redis;

import dev.tapeline.redis.topology.RedisSession;
import dev.tapeline.redis.topology.ShardedSubscriptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects what sharded subscriptions say, in order; safe to read from any thread. */
public final class ShardRecorder implements ShardedSubscriptions.Listener {

  private final List<String> events = new ArrayList<>();

  @Override
  public synchronized void onSubscribed(String channel, RedisSession over) {
    events.add("+" + channel);
  }

  @Override
  public synchronized void onMessage(String channel, byte[] payload) {
    events.add(channel + " " + new String(payload, StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void onLost(String channel) {
    events.add("-" + channel);
  }

  public synchronized List<String> events() {
    return List.copyOf(events);
  }

  public synchronized long count(String event) {
    return events.stream().filter(event::equals).count();
  }

  /** What came after the last time that something happened. */
  public synchronized List<String> after(String event) {
    return List.copyOf(events.subList(events.lastIndexOf(event) + 1, events.size()));
  }
}
