package dev.tapeline.hub.slow;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.topic.HubCounters;

/**
 * One client and its {@link Ladder}: looks whether it keeps up, and has its subscriptions changed.
 * Owned by its lane.
 */
public final class SlowClient {

  private final PacedClient client;
  private final Ladder ladder;
  private final HubCounters counters;
  private boolean ended;

  public SlowClient(PacedClient client, Ladder ladder, HubCounters counters) {
    this.client = client;
    this.ladder = ladder;
    this.counters = counters;
  }

  public Tier tier() {
    return ladder.tier();
  }

  /** Whether subscriptions that may be merged give nothing for the time being. */
  public boolean isHeld() {
    return ladder.tier() == Tier.SNAPSHOT;
  }

  /** Whether a client has to be looked at again. */
  enum Watch {
    AGAIN,
    DONE
  }

  /** The connection has ended. */
  void end() {
    ended = true;
  }

  /** Looks whether the client keeps up, and gives it less or more if need be. */
  Watch look(long now) {
    if (ended) {
      return Watch.DONE;
    }
    Tier before = ladder.tier();
    switch (ladder.look(client.takeKeptUp(), client.missing(), client.isPastHalf(), now)) {
      case NONE -> {}
      case DOWN -> {
        counters.stepsDown.increment();
        step(before, Envelope.ModeReason.SLOW);
      }
      case UP -> {
        counters.stepsUp.increment();
        step(before, Envelope.ModeReason.RECOVERED);
      }
    }
    return client.isBlocked() || !ladder.isAtRest() ? Watch.AGAIN : Watch.DONE;
  }

  private void step(Tier from, Envelope.ModeReason reason) {
    if (tier() == Tier.CLOSED) {
      client.giveUp();
    } else {
      client.onStep(from, reason);
    }
  }
}
