package dev.tapeline.feed.deribit;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Retries;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.feed.vendor.VendorLink;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The connection to Deribit: its life, its heartbeats, and which channels are subscribed on it. It
 * leads to requests alone. Owned by the thread of its feed.
 */
final class DeribitSocket {

  static final String NAME = "deribit";

  /** How often Deribit is to say that it is there. */
  static final int HEARTBEAT_SECONDS = 30;

  private static final long SILENCE_MILLIS = Duration.ofSeconds(75).toMillis();
  private static final long ANSWER_MILLIS = Duration.ofSeconds(30).toMillis();
  private static final long OPENING_MILLIS = Duration.ofMinutes(2).toMillis();
  private static final Duration AFTER_TOO_MANY = Duration.ofSeconds(30);
  private static final Duration AFTER_REFUSED = Duration.ofMinutes(5);
  private static final Duration AFTER_BUSY = Duration.ofSeconds(5);

  private enum State {
    CLOSED,
    OPENING,
    OPEN
  }

  private record Request(boolean subscribes, List<String> channels, long sent) {}

  private final VendorLink link;
  private final Address address;
  private final int maxChannels;
  private final Retries retries;
  private final SubscribeCredits credits = new SubscribeCredits();
  private final Set<String> wanted = new LinkedHashSet<>();
  private final Set<String> subscribed = new HashSet<>();
  private final Set<String> renewed = new LinkedHashSet<>();
  private final Map<String, String> refused = new LinkedHashMap<>();
  private final Map<Long, Request> unanswered = new LinkedHashMap<>();
  private State state = State.CLOSED;
  private @Nullable String problem = "not connected yet";
  private int chunk;
  private int left;
  private long nextId = 1;
  private long openedBy;
  private long heardAt;
  private long pausedUntil;
  private Duration leastDelay = Duration.ZERO;

  DeribitSocket(DeribitOptions options, VendorLink link) {
    this.link = link;
    this.address = Address.of(options.hosts().socket());
    this.maxChannels = options.streams().maxChannels();
    this.chunk = options.streams().chunk();
    this.retries = new Retries(DeribitWaits.BROKEN, new SplittableRandom(options.seed()));
  }

  /** Says which channels are to be subscribed, the most important first. */
  void want(Collection<String> channels, long now) {
    int before = left;
    wanted.clear();
    channels.stream().distinct().limit(maxChannels).forEach(wanted::add);
    left = (int) channels.stream().distinct().count() - wanted.size();
    if (left > before) {
      link.fault("channels", "%d channels are beyond %d".formatted(left, maxChannels));
    }
    refused.keySet().retainAll(wanted);
    renewed.retainAll(wanted);
    onTime(now);
  }

  /** Subscribes a channel anew, so that it begins again. */
  void renew(String channel) {
    if (subscribed.contains(channel)) {
      renewed.add(channel);
    }
  }

  void onTime(long now) {
    switch (state) {
      case CLOSED -> {
        if (!wanted.isEmpty()) {
          open(Duration.ZERO, now);
        }
      }
      case OPENING -> {
        if (wanted.isEmpty()) {
          close();
        } else if (now > openedBy) {
          fail("could not be opened", now);
        }
      }
      case OPEN -> {
        if (wanted.isEmpty()) {
          close();
        } else if (now - heardAt > SILENCE_MILLIS) {
          fail("silent for %d s".formatted((now - heardAt) / 1000), now);
        } else if (isUnanswered(now)) {
          fail("a request was not answered", now);
        } else {
          request(now);
        }
      }
    }
  }

  private boolean isUnanswered(long now) {
    return unanswered.values().stream().anyMatch(request -> now - request.sent > ANSWER_MILLIS);
  }

  private void open(Duration delay, long now) {
    forget();
    state = State.OPENING;
    openedBy = now + delay.toMillis() + OPENING_MILLIS;
    link.open(NAME, () -> address, delay);
  }

  private void close() {
    forget();
    state = State.CLOSED;
    link.close(NAME);
  }

  /** Gives the connection up, and opens another one. */
  private void fail(String reason, long now) {
    link.fault("connection", reason);
    link.close(NAME);
    reopen(reason, now);
  }

  private void reopen(String reason, long now) {
    problem = reason;
    Duration delay = retries.next();
    open(delay.compareTo(leastDelay) < 0 ? leastDelay : delay, now);
    leastDelay = Duration.ZERO;
  }

  private void forget() {
    subscribed.clear();
    renewed.clear();
    refused.clear();
    unanswered.clear();
  }

  void opened(long now) {
    forget();
    state = State.OPEN;
    problem = null;
    heardAt = now;
    pausedUntil = 0;
    credits.reset(now);
    send("set_heartbeat", "{\"interval\":%d}".formatted(HEARTBEAT_SECONDS), null);
    onTime(now);
  }

  void ended(SocketEnd end, long now) {
    String reason =
        switch (end) {
          case SocketEnd.Closed(int code, String text) -> "closed with %d %s".formatted(code, text);
          case SocketEnd.Refused(int status, String text) -> {
            leastDelay = leastAfter(status);
            yield "refused with %d %s".formatted(status, text);
          }
          case SocketEnd.Broken(String text) -> "broken: " + text;
        };
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    if (wanted.isEmpty()) {
      close();
    } else {
      reopen(reason.strip(), now);
    }
  }

  /** The least wait after a refused handshake; any status but these passes, as a fault of today. */
  private static Duration leastAfter(int status) {
    return switch (status) {
      case 429 -> AFTER_TOO_MANY;
      case 403, 451 -> AFTER_REFUSED;
      default -> Duration.ZERO;
    };
  }

  /** Something has come. */
  void heard(long now) {
    heardAt = Math.max(heardAt, now);
    retries.alive(now);
  }

  /** Deribit wants a sign of life, and closes the connection unless it comes at once. */
  void test() {
    send("test", "{}", null);
  }

  private void request(long now) {
    if (now < pausedUntil) {
      return;
    }
    for (List<String> gone = gone(); !gone.isEmpty(); gone = gone()) {
      if (!credits.take(now)) {
        return;
      }
      gone.forEach(subscribed::remove);
      gone.forEach(renewed::remove);
      send("unsubscribe", channels(gone), new Request(false, gone, now));
    }
    for (List<String> next = missing(); !next.isEmpty(); next = missing()) {
      if (!credits.take(now)) {
        return;
      }
      subscribed.addAll(next);
      send("subscribe", channels(next), new Request(true, next, now));
    }
  }

  private List<String> gone() {
    return subscribed.stream()
        .filter(channel -> !wanted.contains(channel) || renewed.contains(channel))
        .sorted()
        .limit(chunk)
        .toList();
  }

  private List<String> missing() {
    return wanted.stream()
        .filter(channel -> !subscribed.contains(channel) && !refused.containsKey(channel))
        .limit(chunk)
        .toList();
  }

  private static String channels(List<String> channels) {
    return channels.stream()
        .map("\"%s\""::formatted)
        .collect(Collectors.joining(",", "{\"channels\":[", "]}"));
  }

  private void send(String method, String params, @Nullable Request request) {
    long id = nextId++;
    if (request != null) {
      unanswered.put(id, request);
    }
    link.send(
        NAME,
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"public/%s\",\"params\":%s}"
            .formatted(id, method, params));
  }

  /**
   * A request has been answered: channels that are missing in the answer are refused.
   *
   * @return the channels that are subscribed by it
   */
  List<String> answered(long id, JsonNode result) {
    Request request = unanswered.remove(id);
    if (request == null || !request.subscribes || !result.isArray()) {
      return List.of();
    }
    Set<String> accepted = new HashSet<>();
    result.forEach(name -> accepted.add(name.asString("")));
    request.channels.stream()
        .filter(channel -> !accepted.contains(channel))
        .forEach(channel -> refuse(channel, "is not there"));
    return request.channels.stream().filter(accepted::contains).toList();
  }

  private void refuse(String channel, String reason) {
    subscribed.remove(channel);
    if (wanted.contains(channel)) {
      refused.put(channel, reason);
    }
    link.fault("refused", "%s %s".formatted(channel, reason));
  }

  /** A request was refused. */
  void refused(DeribitMessage.Refusal refusal, long now) {
    Request request = refusal.id() == null ? null : unanswered.remove(refusal.id());
    RefusalKind kind = RefusalKind.of(refusal.code());
    String text = "%d %s".formatted(refusal.code(), refusal.text());
    link.fault(kind.word(), DeribitSession.cut(text));
    switch (kind) {
      case TOO_MANY -> {
        leastDelay = AFTER_TOO_MANY;
        pausedUntil = now + AFTER_TOO_MANY.toMillis();
        forget(request);
      }
      case TOO_LARGE -> {
        if (request != null && request.channels.size() == 1) {
          refuse(request.channels.getFirst(), text);
        } else if (request != null) {
          chunk = Math.max(1, request.channels.size() / 2);
          forget(request);
        }
      }
      case BUSY -> {
        pausedUntil = now + AFTER_BUSY.toMillis();
        forget(request);
      }
      case LASTING -> {
        if (request != null && request.subscribes) {
          request.channels.forEach(channel -> refuse(channel, text));
        }
      }
    }
  }

  /** What a refused request has named is to be asked for again. */
  private void forget(@Nullable Request request) {
    if (request != null && request.subscribes) {
      request.channels.forEach(subscribed::remove);
    } else if (request != null) {
      subscribed.addAll(request.channels);
      renewed.addAll(request.channels);
      renewed.retainAll(wanted);
    }
  }

  /** Whether nothing is wanted. */
  boolean isIdle() {
    return wanted.isEmpty();
  }

  /** Why nothing comes; null if it does. */
  @Nullable String problem() {
    return switch (state) {
      case CLOSED, OPENING -> problem == null ? "connecting" : problem;
      case OPEN -> isSubscribing() ? "subscribing" : null;
    };
  }

  /** Whether nothing at all has been confirmed yet. */
  private boolean isSubscribing() {
    return !subscribed.isEmpty()
        && unanswered.values().stream().mapToInt(request -> request.channels.size()).sum()
            >= subscribed.size();
  }

  /** The refused channels. */
  Collection<String> refusedChannels() {
    return refused.keySet();
  }

  /** How many channels are wanted beyond the limit. */
  int left() {
    return left;
  }
}
