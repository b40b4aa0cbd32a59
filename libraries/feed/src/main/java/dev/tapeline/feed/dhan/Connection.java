package dev.tapeline.feed.dhan;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Retries;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.feed.vendor.VendorLink;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One socket with its attempts and its signs of life. Owned by the thread of its feed. Times are
 * epoch ms.
 */
final class Connection {

  /** Data for so long is a recovery: the next failure is the first one again. */
  private static final long RECOVERED = 60_000;

  /** An end so soon after an opening, without data, is a refusal that the vendor does not name. */
  private static final long RIGHT_AWAY = 5_000;

  private final String name;
  private final Address.Source address;
  private final VendorLink link;
  private final Subscriptions subscriptions;
  private final Retries broken;
  private final Retries refused;
  private final Retries crowded;

  private State state = State.IDLE;
  private @Nullable String problem;
  private long opened;
  private long sign;
  private long data;
  private long firstSubscribed;
  private long lastSubscribed;
  private int refusals;

  enum State {
    IDLE,
    OPENING,
    OPEN
  }

  Connection(
      String name,
      Address.Source address,
      VendorLink link,
      Subscriptions subscriptions,
      Random random) {
    this.name = name;
    this.address = address;
    this.link = link;
    this.subscriptions = subscriptions;
    this.broken = new Retries(DhanWaits.BROKEN, random);
    this.refused = new Retries(DhanWaits.REFUSED, random);
    this.crowded = new Retries(DhanWaits.CROWDED, random);
  }

  void open(Duration delay) {
    state = State.OPENING;
    link.open(name, address, delay);
  }

  /** Opens it as if nothing had been wrong. */
  void openAnew() {
    problem = null;
    open(Duration.ZERO);
  }

  /** Opens it again after the wait that follows from how it failed. */
  void reopen(String why, Duration atLeast) {
    problem = why;
    open(longer(broken.next(), atLeast));
  }

  /** Opens it again after a handshake was refused with HTTP 429. */
  void reopenRefused(String why) {
    problem = why;
    open(refused.next());
  }

  /** Opens it again after the vendor has thrown it out. */
  void reopenCrowded(String why) {
    problem = why;
    link.close(name);
    open(crowded.next());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  void close(@Nullable String why) {
    problem = why;
    if (state != State.IDLE) {
      state = State.IDLE;
      link.close(name);
    }
  }

  void opened(long now) {
    state = State.OPEN;
    opened = now;
    sign = now;
    data = 0;
    firstSubscribed = 0;
    lastSubscribed = 0;
    subscriptions.reset(now);
  }

  /** Takes a sign of life: a frame, or a ping. */
  void sign(long now) {
    sign = now;
  }

  /** Takes a frame with prices. */
  void data(long now) {
    sign = now;
    data = now;
    refusals = 0;
    if (now - opened >= RECOVERED) {
      problem = null;
      broken.reset();
      refused.reset();
      crowded.reset();
    }
  }

  void subscribed(long now) {
    firstSubscribed = firstSubscribed == 0 ? now : firstSubscribed;
    lastSubscribed = now;
  }

  /**
   * Takes the end.
   *
   * @return whether it is the second in a row right after an opening: the account may be the cause
   */
  boolean ended(long now) {
    boolean rightAway = state == State.OPEN && data == 0 && now - opened < RIGHT_AWAY;
    state = State.IDLE;
    refusals = rightAway ? refusals + 1 : 0;
    return refusals >= 2;
  }

  /** How an end reads to people. */
  static String text(SocketEnd end) {
    return switch (end) {
      case SocketEnd.Closed(int code, String reason) ->
          "closed by the vendor with %d%s".formatted(code, reason.isBlank() ? "" : " " + reason);
      case SocketEnd.Refused(int status, String reason) ->
          "refused with HTTP %d%s".formatted(status, reason.isBlank() ? "" : " " + reason);
      case SocketEnd.Broken(String reason) -> reason;
    };
  }

  /** How long there was no sign of life; 0 while it is not open. */
  long silence(long now) {
    return state == State.OPEN ? now - sign : 0;
  }

  /** How long there was no price since all was subscribed at first; 0 if there was one. */
  long muteness(long now) {
    return state == State.OPEN && data == 0 && firstSubscribed > 0 ? now - firstSubscribed : 0;
  }

  /** Whether the newest subscription is so old. */
  boolean hasSubscribedFor(long time, long now) {
    return state == State.OPEN && lastSubscribed > 0 && now - lastSubscribed >= time;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isIdle() {
    return state == State.IDLE;
  }

  /** Whether prices have come since it was opened. */
  boolean hasData() {
    return state == State.OPEN && data > 0;
  }

  String name() {
    return name;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /** Why it is or was not open; null if there was no problem. */
  @Nullable String problem() {
    return problem;
  }
}
