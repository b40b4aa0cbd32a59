package dev.tapeline.feed.binance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket to Binance's streams: what is subscribed on it, what is unanswered, and when each
 * stream was heard. Owned by the thread of its feed.
 */
final class StreamSocket {

  /** How many streams a message names at most. */
  static final int MAX_NAMES = 200;

  /** The time between two messages: Binance closes after five a second, pings among them. */
  static final long PACE_MILLIS = 250;

  private static final long ANSWER_MILLIS = 10_000;
  private static final long STALL_MILLIS = 10_000;

  private enum State {
    CLOSED,
    OPENING,
    OPEN
  }

  private record Request(boolean subscribes, List<String> streams, long sent) {}

  /** How often a stream was heard, and when. */
  private static final class Pulse {
    private final long first;
    private long last;
    private long count;

    Pulse(long now) {
      first = now;
    }

    boolean isBusy() {
      return count > 1 && count - 1 > (last - first) / 1000.0 && last - first >= STALL_MILLIS;
    }
  }

  private final String name;
  private final Set<String> subscribed = new LinkedHashSet<>();
  private final Set<String> confirmed = new HashSet<>();
  private final Map<Long, Request> unanswered = new LinkedHashMap<>();
  private final Map<String, Pulse> pulses = new HashMap<>();
  private State state = State.CLOSED;
  private @Nullable String streamOfAddress;
  private long openedAt;
  private long heardAt;
  private long sentAt;
  private long readySince;
  private int batch = MAX_NAMES;
  private boolean dirty;

  StreamSocket(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** It is being opened at an address that names this stream. */
  void opening(String stream) {
    clear();
    state = State.OPENING;
    streamOfAddress = stream;
  }

  /** It is open; the stream of its address, if it is known, is subscribed. */
  void opened(long now, Consumer<String> active) {
    String stream = streamOfAddress;
    clear();
    state = State.OPEN;
    openedAt = now;
    heardAt = now;
    dirty = true;
    if (stream != null) {
      subscribed.add(stream);
      confirmed.add(stream);
      active.accept(stream);
    }
  }

  void closed() {
    clear();
    state = State.CLOSED;
  }

  private void clear() {
    subscribed.clear();
    confirmed.clear();
    unanswered.clear();
    pulses.clear();
    streamOfAddress = null;
    readySince = 0;
    sentAt = 0;
    batch = MAX_NAMES;
    dirty = false;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  long openedAt() {
    return openedAt;
  }

  /** Something has come on it, which need not be of a stream. */
  void heard(long now) {
    heardAt = now;
  }

  void heard(String stream, long now) {
    heardAt = now;
    Pulse pulse = pulses.get(stream);
    if (pulse == null) {
      if (!subscribed.contains(stream)) {
        return; // unsubscribed since, or never asked for
      }
      pulse = new Pulse(now);
      pulses.put(stream, pulse);
    }
    pulse.last = now;
    pulse.count++;
  }

  long silentFor(long now) {
    return now - heardAt;
  }

  /** What should be subscribed has changed. */
  void changed() {
    dirty = true;
    readySince = 0;
  }

  /**
   * The next message to send: one that subscribes or unsubscribes what is missing, if the pace
   * allows one; otherwise null.
   */
  @Nullable String request(Collection<String> wanted, LongSupplier ids, long now) {
    if (!isOpen() || !dirty || now - sentAt < PACE_MILLIS) {
      return null;
    }
    List<String> gone = missing(subscribed, wanted, MAX_NAMES);
    List<String> streams = gone.isEmpty() ? missing(wanted, subscribed, batch) : gone;
    if (streams.isEmpty()) {
      dirty = false;
      return null;
    }
    boolean subscribes = gone.isEmpty();
    if (subscribes) {
      subscribed.addAll(streams);
    } else {
      streams.forEach(this::forget);
    }
    long id = ids.getAsLong();
    unanswered.put(id, new Request(subscribes, streams, now));
    sentAt = now;
    return "{\"method\":\"%s\",\"params\":[\"%s\"],\"id\":%d}"
        .formatted(subscribes ? "SUBSCRIBE" : "UNSUBSCRIBE", String.join("\",\"", streams), id);
  }

  private static List<String> missing(Collection<String> of, Collection<String> in, int limit) {
    List<String> missing = new ArrayList<>();
    for (String stream : of) {
      if (missing.size() < limit && !in.contains(stream)) {
        missing.add(stream);
      }
    }
    return missing;
  }

  private void forget(String stream) {
    subscribed.remove(stream);
    confirmed.remove(stream);
    pulses.remove(stream);
  }

  /** A request was answered; each of its streams is told if it subscribed. */
  void answered(long id, Consumer<String> active) {
    Request request = unanswered.remove(id);
    batch = Math.min(MAX_NAMES, 2 * batch);
    if (request != null && request.subscribes) {
      confirmed.addAll(request.streams);
      request.streams.forEach(active);
    }
  }

  /**
   * A request was refused. Its streams are asked for again, in smaller messages, until the refused
   * message names one.
   *
   * @param id null if the answer doesn't say of which one: then it is that of the oldest
   * @return the stream that could not be subscribed, or none
   */
  List<String> refused(@Nullable Long id) {
    Long oldest = unanswered.isEmpty() ? null : unanswered.keySet().iterator().next();
    Request request = unanswered.remove(id == null ? oldest : id);
    if (request == null || !request.subscribes) {
      return List.of();
    }
    request.streams.forEach(this::forget);
    int size = request.streams.size();
    if (size == 1) {
      return request.streams;
    }
    batch = Math.max(1, size / 2);
    dirty = true;
    return List.of();
  }

  /** Whether all these are subscribed, as Binance has confirmed. */
  boolean hasConfirmed(Collection<String> wanted) {
    return isOpen() && confirmed.containsAll(wanted);
  }

  /** Whether a request has been without an answer for too long. */
  boolean hasUnanswered(long now) {
    return unanswered.values().stream().anyMatch(request -> now - request.sent > ANSWER_MILLIS);
  }

  /** Keeps the time since when all is confirmed; returns how long ago that is. */
  long readyFor(Collection<String> wanted, long now) {
    if (!hasConfirmed(wanted)) {
      readySince = 0;
    } else if (readySince == 0) {
      readySince = now;
    }
    return readySince == 0 ? -1 : now - readySince;
  }

  /** The streams that are heard more than once a second on average. */
  List<String> busy() {
    return pulses.entrySet().stream()
        .filter(entry -> entry.getValue().isBusy())
        .map(Map.Entry::getKey)
        .toList();
  }

  boolean hasHeard(Collection<String> streams) {
    return pulses.keySet().containsAll(streams);
  }

  /** A busy stream that has been silent for too long; null if there is none. */
  @Nullable String stalled(long now) {
    for (Map.Entry<String, Pulse> entry : pulses.entrySet()) {
      Pulse pulse = entry.getValue();
      if (now - pulse.last >= STALL_MILLIS && pulse.isBusy()) {
        return entry.getKey();
      }
    }
    return null;
  }
}
