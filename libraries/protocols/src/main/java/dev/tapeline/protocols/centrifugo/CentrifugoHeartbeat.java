package dev.tapeline.protocols.centrifugo;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.lane.Session;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The pings of one connection, {@code {}}, and the wait for a sign of life. A sign of life is a
 * frame of any kind, or that the client reads what it is sent. Owned by its lane.
 */
final class CentrifugoHeartbeat {

  private static final Frame PING = Frame.of(ascii("{}"));
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Session session;
  private final long intervalNanos;
  private final long patienceNanos;
  private final Runnable onSilence;
  private final Runnable nextPing = this::ping;
  private final Runnable nextCheck = this::check;
  private boolean heard;
  private long progress;

  CentrifugoHeartbeat(Session session, Duration interval, Runnable onSilence) {
    this.session = session;
    this.intervalNanos = interval.toNanos();
    this.patienceNanos = Math.min(PATIENCE_NANOS, intervalNanos * 2 / 5);
    this.onSilence = onSilence;
  }

  /** The interval that clients are told: whole seconds, rounded up. */
  long seconds() {
    return Math.ceilDiv(intervalNanos, TimeUnit.SECONDS.toNanos(1));
  }

  /** Begins after a random part of one interval, so that clients are not all pinged at once. */
  void begin() {
    session.lane().schedule(nextPing, ThreadLocalRandom.current().nextLong(intervalNanos));
  }

  /** The client has sent something. */
  void onSign() {
    heard = true;
  }

  private void ping() {
    if (session.isClosed()) {
      return;
    }
    if (session.isBlocked()) { // a ping would only wait behind frames that are still unsent
      session.lane().schedule(nextPing, intervalNanos);
      return;
    }
    heard = false;
    progress = session.progress();
    session.send(PING);
    session.flush();
    session.lane().schedule(nextCheck, patienceNanos);
  }

  private void check() {
    if (session.isClosed()) {
      return;
    }
    if (heard || session.isBlocked() || session.progress() != progress) {
      session.lane().schedule(nextPing, intervalNanos - patienceNanos);
    } else {
      onSilence.run();
    }
  }
}
