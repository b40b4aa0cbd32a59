package dev.tapeline.gateway.hub;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What this node asks of the bus: each selector from its first user on until after its last. The
 * bus is called in the order of these decisions, on a thread of its own. Nobody is called under the
 * lock, which the bus's thread takes while it delivers.
 */
final class Upstreams {

  private final Bus bus;
  private final Executor caller;
  private final Map<Selector, Upstream> upstreams = new LinkedHashMap<>();

  Upstreams(Bus bus, Executor caller) {
    this.bus = bus;
    this.caller = caller;
  }

  private static final class Upstream {
    private int users;
    private boolean live;
    private final List<Runnable> waiters = new ArrayList<>(1);
  }

  /** One user more; the task runs, on any thread, as soon as the bus delivers what is selected. */
  void acquire(Selector selector, Runnable whenLive) {
    if (isLiveForOneMore(selector, whenLive)) {
      whenLive.run();
    }
  }

  private synchronized boolean isLiveForOneMore(Selector selector, Runnable whenLive) {
    Upstream upstream = upstreams.get(selector);
    if (upstream == null) {
      upstream = new Upstream();
      upstreams.put(selector, upstream);
      caller.execute(() -> bus.subscribe(selector));
    }
    upstream.users++;
    return isLive(upstream, whenLive);
  }

  /** The task runs, on any thread, as soon as the bus delivers what is selected already. */
  void whenLive(Selector selector, Runnable task) {
    if (isLive(selector, task)) {
      task.run();
    }
  }

  private synchronized boolean isLive(Selector selector, Runnable otherwise) {
    Upstream upstream = upstreams.get(selector);
    return upstream == null || isLive(upstream, otherwise);
  }

  private static boolean isLive(Upstream upstream, Runnable otherwise) {
    if (!upstream.live) {
      upstream.waiters.add(otherwise);
    }
    return upstream.live;
  }

  /** One user less; whether it was the last one. */
  synchronized boolean release(Selector selector) {
    Upstream upstream = upstreams.get(selector);
    if (upstream == null || --upstream.users > 0) {
      return false;
    }
    upstreams.remove(selector);
    caller.execute(() -> bus.unsubscribe(selector));
    return true;
  }

  void confirm(Selector selector) {
    List<Runnable> waiting;
    synchronized (this) {
      Upstream upstream = upstreams.get(selector);
      if (upstream == null) {
        return;
      }
      upstream.live = true;
      waiting = List.copyOf(upstream.waiters);
      upstream.waiters.clear();
    }
    waiting.forEach(Runnable::run);
  }

  /** The bus is down: nothing is live until it is confirmed again. */
  synchronized void expire() {
    upstreams.values().forEach(upstream -> upstream.live = false);
  }

  synchronized boolean covers(String channel) {
    return upstreams.keySet().stream().anyMatch(selector -> selector.matches(channel));
  }

  /** Whether the bus has confirmed that it delivers the channel. */
  synchronized boolean delivers(String channel) {
    for (Map.Entry<Selector, Upstream> upstream : upstreams.entrySet()) {
      if (upstream.getValue().live && upstream.getKey().matches(channel)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the channel is asked for by its own name. */
  synchronized boolean holds(Selector selector) {
    return upstreams.containsKey(selector);
  }

  synchronized List<Pattern> patterns() {
    List<Pattern> patterns = new ArrayList<>();
    for (Selector selector : upstreams.keySet()) {
      if (selector instanceof Pattern pattern) {
        patterns.add(pattern);
      }
    }
    return patterns;
  }

  synchronized int size() {
    return upstreams.size();
  }
}
