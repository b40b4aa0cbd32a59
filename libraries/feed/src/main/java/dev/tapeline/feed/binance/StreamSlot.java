package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Retries;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.feed.vendor.VendorLink;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A place for up to so many streams, with two sockets by turns: while one is replaced, both carry
 * the streams, and the old one is closed when those of the new one flow. Owned by the thread of its
 * feed.
 */
final class StreamSlot {

  private static final long SILENCE_MILLIS = 60_000;

  /** Both sockets carry the streams for so long at least, and for so long if busy ones are late. */
  private static final long OVERLAP_MILLIS = 1000;

  private static final long SETTLE_MILLIS = 5000;

  /** The time between two replacements because of a stall, which grows while they go on. */
  private static final long MIN_STALL_MILLIS = 60_000;

  private static final long MAX_STALL_MILLIS = Duration.ofHours(1).toMillis();
  private static final long CALM_MILLIS = Duration.ofHours(2).toMillis();

  private final VendorLink link;
  private final StreamAddress address;
  private final ConnectionPace pace;
  private final long life;
  private final Set<String> streams = new LinkedHashSet<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private final Retries retries = Retries.exact(BinanceWaits.USUAL);
  private final Retries afterTooMany = Retries.exact(BinanceWaits.TOO_MANY);
  private StreamSocket active;
  private StreamSocket standby;
  private boolean replacing;
  private long stallWait = MIN_STALL_MILLIS;
  private long stalledAt;
  private @Nullable String problem = "connecting";

  /**
   * @param name of the slot, which begins the names of its sockets
   * @param life of a socket, in milliseconds
   */
  StreamSlot(String name, VendorLink link, StreamAddress address, ConnectionPace pace, long life) {
    this.link = link;
    this.address = address;
    this.pace = pace;
    this.life = life;
    this.active = new StreamSocket(name + "a");
    this.standby = new StreamSocket(name + "b");
  }

  /** The streams that belong here; those that Binance has refused are among them. */
  Set<String> streams() {
    return streams;
  }

  /** The streams that Binance has refused. */
  Set<String> refused() {
    return refused;
  }

  /** Takes other streams, and connects if there are any, or closes if there are none. */
  void changed(long now) {
    refused.retainAll(streams);
    active.changed();
    standby.changed();
    if (streams.isEmpty()) {
      close(active);
      close(standby);
      replacing = false;
    } else if (active.isClosed()) {
      open(active, now, 0);
    }
  }

  private void close(StreamSocket socket) {
    if (!socket.isClosed()) {
      link.close(socket.name());
      socket.closed();
    }
  }

  private void open(StreamSocket socket, long now, long delay) {
    String stream = streams.iterator().next();
    Address to = address.of(stream);
    socket.opening(stream);
    link.open(socket.name(), () -> to, Duration.ofMillis(pace.book(now, delay)));
  }

  @Nullable StreamSocket socket(String name) {
    if (active.name().equals(name)) {
      return active;
    }
    return standby.name().equals(name) ? standby : null;
  }

  /**
   * A socket is open.
   *
   * @param resumed is told each stream that comes again where nothing came before
   */
  void opened(StreamSocket socket, long now, Consumer<String> resumed) {
    boolean isOverlap = socket == standby && active.isOpen();
    socket.opened(now, isOverlap ? _ -> {} : resumed);
    if (socket == standby && !active.isOpen()) {
      close(active);
      turn();
    }
    replacing = replacing || standby.isOpen();
    problem = active.isOpen() ? null : problem;
  }

  private void turn() {
    StreamSocket before = active;
    active = standby;
    standby = before;
    replacing = false;
  }

  /** A request on a socket was answered. */
  void answered(StreamSocket socket, long id, Consumer<String> resumed) {
    socket.answered(id, socket == standby ? _ -> {} : resumed);
  }

  /** A socket has ended, or could not be opened. */
  void ended(StreamSocket socket, SocketEnd end, long now) {
    if (socket.isClosed()) {
      return;
    }
    boolean flowed = socket.isOpen() && socket.hasConfirmed(accepted());
    socket.closed();
    if (flowed) {
      retries.reset();
      afterTooMany.reset();
    }
    if (socket == active && standby.isOpen()) {
      turn();
    } else if (socket == active) {
      problem = describe(end);
    }
    if (streams.isEmpty() || (socket == standby && !replacing)) {
      return;
    }
    if (active.isClosed() && standby.isClosed()) {
      replacing = false;
      open(active, now, wait(end));
    } else if (replacing && standby.isClosed()) {
      open(standby, now, wait(end));
    }
  }

  private long wait(SocketEnd end) {
    long wait = retries.next().toMillis();
    return switch (end) {
      case SocketEnd.Refused(int status, String _) -> Math.max(wait, waitOf(status));
      case SocketEnd.Closed(int code, String _) when code == 1008 -> Math.max(wait, 10_000);
      case SocketEnd.Closed _, SocketEnd.Broken _ -> wait;
    };
  }

  private long waitOf(int status) {
    return switch (status) {
      case 429 -> afterTooMany.next().toMillis();
      case 418, 451 -> 600_000;
      case 403 -> 300_000;
      default -> 0;
    };
  }

  private static String describe(SocketEnd end) {
    return switch (end) {
      case SocketEnd.Closed(int code, String reason) ->
          "Binance has closed the connection: %d %s".formatted(code, reason).strip();
      case SocketEnd.Refused(int status, String reason) ->
          "Binance refuses the connection: %d %s".formatted(status, reason).strip();
      case SocketEnd.Broken(String reason) -> "the connection broke: " + reason;
    };
  }

  /** Opens a second socket, to take over from the first one; at once. */
  void replace(long now) {
    if (!replacing && active.isOpen()) {
      replacing = true;
      open(standby, now, 0);
    }
  }

  /** Does what is due: requests, a replacement, the end of one, a dead socket. */
  void onTime(long now, LongSupplier ids) {
    if (streams.isEmpty()) {
      return;
    }
    closeSilent(active, now);
    closeSilent(standby, now);
    send(active, now, ids);
    send(standby, now, ids);
    if (replacing) {
      finish(now);
    } else if (active.isOpen()) {
      replaceIfDue(now);
    }
  }

  private void closeSilent(StreamSocket socket, long now) {
    if (socket.isOpen() && socket.silentFor(now) > SILENCE_MILLIS) {
      link.fault("silence", "%s was silent for a minute".formatted(socket.name()));
      link.close(socket.name());
      ended(socket, new SocketEnd.Broken("silent for a minute"), now);
    }
  }

  private void send(StreamSocket socket, long now, LongSupplier ids) {
    String request = socket.request(accepted(), ids, now);
    if (request != null) {
      link.send(socket.name(), request);
    }
  }

  private Set<String> accepted() {
    if (refused.isEmpty()) {
      return streams;
    }
    Set<String> accepted = new LinkedHashSet<>(streams);
    accepted.removeAll(refused);
    return accepted;
  }

  private void finish(long now) {
    long readyFor = standby.readyFor(accepted(), now);
    if (readyFor < 0) {
      if (standby.isOpen() && standby.hasUnanswered(now)) {
        link.close(standby.name());
        ended(standby, new SocketEnd.Broken("a request has no answer"), now);
      }
    } else if (readyFor >= SETTLE_MILLIS
        || (readyFor >= OVERLAP_MILLIS && standby.hasHeard(active.busy()))) {
      close(active);
      turn();
    }
  }

  private void replaceIfDue(long now) {
    if (now - active.openedAt() >= life) {
      replace(now);
    } else if (active.hasUnanswered(now)) {
      link.fault("unanswered", "a request on %s has no answer".formatted(active.name()));
      replace(now);
    } else if (now - stalledAt >= stallWait) {
      replaceIfStalled(now);
    }
  }

  private void replaceIfStalled(long now) {
    String stalled = active.stalled(now);
    if (stalled != null && accepted().contains(stalled)) {
      link.fault("stall", "%s has stopped on %s".formatted(stalled, active.name()));
      boolean again = now - stalledAt < CALM_MILLIS;
      stallWait = again ? Math.min(MAX_STALL_MILLIS, 2 * stallWait) : MIN_STALL_MILLIS;
      stalledAt = now;
      replace(now);
    }
  }

  /** Takes the refusal of a request. */
  void refused(StreamSocket socket, @Nullable Long id, String reason) {
    List<String> streamsOf = socket.refused(id);
    refused.addAll(streamsOf);
    refused.retainAll(streams);
    for (String stream : streamsOf) {
      link.fault("refused", "Binance refuses %s: %s".formatted(stream, reason));
    }
  }

  /** Why nothing comes; null if all is subscribed, or nothing is wanted. */
  @Nullable String problem() {
    if (streams.isEmpty() || active.hasConfirmed(accepted())) {
      return null;
    }
    return problem == null ? "subscribing" : problem;
  }
}
