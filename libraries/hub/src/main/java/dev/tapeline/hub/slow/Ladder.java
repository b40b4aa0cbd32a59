package dev.tapeline.hub.slow;

/**
 * How far one client that does not keep up is set back, and when it moves: a step down for each
 * time that it stays behind and gains nothing, a step up after it has kept up for twice as long.
 * Who falls again soon after a step up waits longer for the next one. It has no clock of its own.
 */
public final class Ladder {

  /** How much longer than at first a client may have to wait for a step up. */
  private static final int MOST_PATIENCE = 8;

  /** For how many times as long as a step takes a client keeps up before it is like any other. */
  private static final int REST_STEPS = 16;

  private final long downNanos;
  private Tier tier = Tier.AS_ASKED;
  private boolean behind;
  private long since;
  private long lag;
  private boolean climbed;
  private int patience = 1;

  /**
   * @param downNanos how long a client is behind before it is set back, each time
   */
  public Ladder(long downNanos, long now) {
    this.downNanos = downNanos;
    this.since = now;
  }

  /** What a look has changed. */
  public enum Step {
    NONE,
    DOWN,
    UP
  }

  public Tier tier() {
    return tier;
  }

  /** Whether there is nothing to look at until the client is behind again. */
  public boolean isAtRest() {
    return tier == Tier.AS_ASKED && !behind;
  }

  /**
   * Takes a look at the client.
   *
   * @param keptUp whether it had taken all that there was at some time since the last look
   * @param missing publications that are still to be written
   * @param far whether it is about to lose some that a step down would spare
   */
  public Step look(boolean keptUp, long missing, boolean far, long now) {
    if (keptUp == behind) {
      turn(!keptUp, missing, now);
    }
    return behind ? lookDown(missing, far, now) : lookUp(now);
  }

  /** Begins to fall behind, or to keep up; after it has kept up for long, all is forgiven. */
  private void turn(boolean toBehind, long missing, long now) {
    if (toBehind && tier == Tier.AS_ASKED && now - since > REST_STEPS * downNanos) {
      patience = 1;
      climbed = false;
    }
    behind = toBehind;
    since = now;
    lag = missing;
  }

  private Step lookDown(long missing, boolean far, long now) {
    boolean spare = far && tier == Tier.AS_ASKED;
    if (missing < lag) { // it gains
      since = now;
      lag = missing;
    }
    if (tier == Tier.CLOSED || (now - since < downNanos && !spare)) {
      return Step.NONE;
    }
    if (climbed) {
      patience = Math.min(patience * 2, MOST_PATIENCE);
      climbed = false;
    }
    move(tier.down(), missing, now);
    return Step.DOWN;
  }

  private Step lookUp(long now) {
    if (tier == Tier.AS_ASKED || now - since < 2 * downNanos * patience) {
      return Step.NONE;
    }
    climbed = true;
    move(tier.up(), 0, now);
    return Step.UP;
  }

  private void move(Tier to, long missing, long now) {
    tier = to;
    since = now;
    lag = missing;
  }
}
