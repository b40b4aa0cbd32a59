package dev.tapeline.server.compose;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps all that a node's bus carries: the payloads of each channel, in their order. */
final class BusTape implements Bus.Listener {

  private final Map<String, List<String>> payloads = new TreeMap<>();
  private final Map<String, List<Long>> nanos = new TreeMap<>();
  private final CountDownLatch begun = new CountDownLatch(1);

  /** A tape of this node that runs. */
  static BusTape of(Tapeline node) throws InterruptedException {
    BusTape tape = new BusTape();
    Bus view = node.view();
    view.start(tape);
    view.subscribe(Pattern.parse("*"));
    if (!tape.begun.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the bus confirms no subscription");
    }
    return tape;
  }

  @Override
  public void onSubscribed(Selector selector, List<Publication> last) {
    begun.countDown();
  }

  @Override
  public synchronized void onPublication(Publication publication) {
    payloads
        .computeIfAbsent(publication.channel(), _ -> new ArrayList<>())
        .add(new String(publication.payload(), StandardCharsets.ISO_8859_1));
    nanos.computeIfAbsent(publication.channel(), _ -> new ArrayList<>()).add(System.nanoTime());
    notifyAll();
  }

  @Override
  public void onPosition(String channel, Position position, @Nullable Publication newest) {}

  @Override
  public void onState(Bus.State state) {}

  /** The payloads so far, by channel. */
  synchronized Map<String, List<String>> payloads() {
    Map<String, List<String>> copy = new TreeMap<>();
    payloads.forEach((channel, each) -> copy.put(channel, List.copyOf(each)));
    return copy;
  }

  /** The longest time between two payloads of a channel from this one on, in seconds. */
  synchronized double longestPause(String channel, int from) {
    List<Long> times = nanos.getOrDefault(channel, List.of());
    long longest = 0;
    for (int i = Math.max(from, 1); i < times.size(); i++) {
      longest = Math.max(longest, times.get(i) - times.get(i - 1));
    }
    return longest / 1e9;
  }

  /** Waits until what has come so far is as described. */
  synchronized void await(String description, Predicate<Map<String, List<String>>> condition)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.test(payloads)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        Map<String, Integer> counts = new TreeMap<>();
        payloads.forEach((channel, each) -> counts.put(channel, each.size()));
        throw new AssertionError("no " + description + " among " + counts);
      }
      wait(left);
    }
  }

  /** Waits until a channel has so many payloads. */
  void await(String channel, int count) throws InterruptedException {
    await(
        "%d payloads on %s".formatted(count, channel),
        all -> all.getOrDefault(channel, List.of()).size() >= count);
  }
}
