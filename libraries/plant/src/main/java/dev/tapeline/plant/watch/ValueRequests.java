package dev.tapeline.plant.watch;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.core.thread.OwnThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the sources of all nodes for values that the cache has only while they are wanted. To ask is
 * to want a channel for a while, so that the node that has the source hears of it, and puts the
 * value into the cache, where it is awaited here.
 *
 * <p>Whoever asks for the same value shares the answer, and the wait. A value that did not come is
 * not waited for again for some time, though it is still asked for. Safe for all threads.
 *
 * @param <K> what a value is of
 */
final class ValueRequests<K> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ValueRequests.class);

  private final Demand demand;
  private final Cache cache;
  private final Names<K> names;
  private final Rules rules;
  private final ScheduledExecutorService thread;

  // guarded by this
  /** What was asked for, the longest unwanted first. */
  private final SequencedMap<K, Request> requests = new LinkedHashMap<>();

  /** What somebody waits for, the longest waited for first. */
  private final SequencedMap<K, Request> waiting = new LinkedHashMap<>();

  private boolean looking;
  private long refused;

  /**
   * The names of a value.
   *
   * @param wish the channel that asks for it; nothing is published there
   * @param key of the cache
   */
  record Names<K>(Function<K, Channel> wish, Function<K, String> key) {}

  /**
   * What applies to requests.
   *
   * @param thread the name of the thread that looks for answers
   * @param patience how long a call waits at most
   * @param look the time between two looks into the cache while somebody waits
   * @param kept how long a value stays wanted after the last call for it
   * @param pause for how long nobody waits for a value that did not come
   * @param most how many values are asked for at a time; further ones are refused and counted
   */
  record Rules(
      String thread, Duration patience, Duration look, Duration kept, Duration pause, int most) {}

  /** The state of one value that was asked for. */
  private static final class Request {
    private long keptUntil;
    private long missedUntil;
    private long waitUntil;
    private @Nullable String old;
    private CompletableFuture<String> value = new CompletableFuture<>();
  }

  ValueRequests(Demand demand, Cache cache, Names<K> names, Rules rules) {
    this.demand = demand;
    this.cache = cache;
    this.names = names;
    this.rules = rules;
    this.thread = new OwnThread(rules.thread());
    long second = TimeUnit.SECONDS.toMillis(1);
    var _ =
        thread.scheduleWithFixedDelay(
            () -> release(System.nanoTime()), second, second, TimeUnit.MILLISECONDS);
  }

  /**
   * The values that come within the patience; waits for them. What was not asked for until now is
   * awaited even if there is a value of it, which may be an old one; what was asked for already is
   * awaited only if there is none.
   *
   * @param known the values that the cache has now, and which are not an answer
   */
  Map<K, String> fetch(List<K> subjects, Map<K, String> known) {
    Map<K, CompletableFuture<String>> waits = ask(subjects, known, System.nanoTime());
    Map<K, String> values = new HashMap<>();
    long deadline = System.nanoTime() + rules.patience().toNanos();
    for (Map.Entry<K, CompletableFuture<String>> wait : waits.entrySet()) {
      String value = await(wait.getValue(), deadline - System.nanoTime());
      if (!value.isEmpty()) {
        values.put(wait.getKey(), value);
      }
    }
    return values;
  }

  private static String await(CompletableFuture<String> value, long nanos) {
    return value
        .copy()
        .completeOnTimeout("", Math.max(0, nanos), TimeUnit.NANOSECONDS)
        .exceptionally(_ -> "")
        .join();
  }

  private synchronized Map<K, CompletableFuture<String>> ask(
      List<K> subjects, Map<K, String> known, long now) {
    Map<K, CompletableFuture<String>> waits = new HashMap<>();
    List<Channel> wanted = new ArrayList<>();
    noteMisses(now);
    for (K subject : subjects) {
      Request request = requests.get(subject);
      boolean isNew = request == null;
      if (request == null && requests.size() >= rules.most()) {
        refused++;
        continue;
      }
      if (request == null) {
        request = new Request();
        request.missedUntil = now;
        wanted.add(names.wish().apply(subject));
      }
      request.keptUntil = now + rules.kept().toNanos();
      requests.putLast(subject, request);
      String old = known.get(subject);
      if ((isNew || old == null) && now - request.missedUntil >= 0) {
        waits.put(subject, await(subject, request, old, now));
      }
    }
    if (!wanted.isEmpty()) {
      demand.want(wanted);
    }
    if (!waits.isEmpty()) {
      look();
    }
    return waits;
  }

  private CompletableFuture<String> await(
      K subject, Request request, @Nullable String old, long now) {
    if (!waiting.containsKey(subject)) {
      request.value = new CompletableFuture<>();
      request.old = old;
      request.waitUntil = now + rules.patience().toNanos();
      waiting.putLast(subject, request);
    }
    return request.value;
  }

  /** Looks into the cache until nobody waits; called with the lock held. */
  private void look() {
    if (!looking) {
      looking = true;
      var _ = thread.schedule(this::lookOnce, rules.look().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void lookOnce() {
    List<K> subjects = waiting(System.nanoTime());
    if (subjects.isEmpty()) {
      return;
    }
    var _ =
        cache
            .getAll(subjects.stream().map(names.key()).toList())
            .whenComplete((found, failure) -> {
              if (failure == null) {
                subjects.forEach(one -> came(one, found.get(names.key().apply(one))));
              } else {
                log.debug("what was asked for can't be looked up", failure);
              }
              again();
            });
  }

  private synchronized void again() {
    looking = false;
    look();
  }

  /** What somebody waits for. */
  private synchronized List<K> waiting(long now) {
    noteMisses(now);
    looking = !waiting.isEmpty();
    return List.copyOf(waiting.keySet());
  }

  /** Ends the waits that have lasted long enough. */
  private void noteMisses(long now) {
    Map.Entry<K, Request> first = waiting.firstEntry();
    while (first != null && now - first.getValue().waitUntil >= 0) {
      waiting.remove(first.getKey());
      first.getValue().missedUntil = now + rules.pause().toNanos();
      first.getValue().value.complete("");
      first = waiting.firstEntry();
    }
  }

  /** Wakes those who wait for a value. */
  private synchronized void came(K subject, @Nullable String value) {
    Request request = waiting.get(subject);
    if (request != null && value != null && !value.equals(request.old)) {
      waiting.remove(subject);
      request.old = null;
      request.value.complete(value);
    }
  }

  /** Asks no longer for what nobody has wanted for a while. */
  private synchronized void release(long now) {
    List<Channel> over = new ArrayList<>();
    Map.Entry<K, Request> first = requests.firstEntry();
    while (first != null && now - first.getValue().keptUntil >= 0) {
      requests.remove(first.getKey());
      over.add(names.wish().apply(first.getKey()));
      first = requests.firstEntry();
    }
    if (!over.isEmpty()) {
      demand.release(over);
    }
  }

  /** Whether a value is asked for at present. */
  synchronized boolean isAsked(K subject) {
    return requests.containsKey(subject);
  }

  /** How many values are asked for at present. */
  synchronized int size() {
    return requests.size();
  }

  /** How many requests were refused because there were too many. */
  synchronized long refused() {
    return refused;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
