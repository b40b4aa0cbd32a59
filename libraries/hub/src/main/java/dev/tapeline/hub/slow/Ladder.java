package dev.tapeline.hub.slow;

/**
 * Decides the {@link Tier} of one client. A client that stays behind and gains nothing for the
 * length of a step goes one tier down; one that has kept up for twice as long goes one up. A client
 * that falls again soon after a step up waits longer for the next one. Time is a parameter.
 */
public final class Ladder {

  /** By how much the wait for a step up grows at most. */
  private static final int MOST_PATIENCE = 8;

  /** After how many steps' time of keeping up the wait for a step up is the first one again. */
  private static final int REST_STEPS = 16;

  private final long downNanos;
  private Tier tier = Tier.AS_ASKED;
  private boolean behind;
  private long since;
  private long lag;
  private boolean climbed;
  private int patience = 1;

  /**
   * @param downNanos the length of a step: how long a client is behind before it is set back
   */
  public Ladder(long downNanos, long now) {
    this.downNanos = downNanos;
    this.since = now;
  }

  /** The result of a look. */
  public enum Step {
    NONE,
    DOWN,
    UP
  }

  public Tier tier() {
    return tier;
  }

  /** Whether the client gets all and is not behind, so that it need not be watched. */
  public boolean isAtRest() {
    return tier == Tier.AS_ASKED && !behind;
  }

  /**
   * Takes a look at the client.
   *
   * @param keptUp whether it had taken all that there was at some time since the last look
   * @param missing publications that are still to be written
   * @param far whether it is about to lose publications that a step down would spare it
   */
  public Step look(boolean keptUp, long missing, boolean far, long now) {
    if (keptUp == behind) {
      turn(!keptUp, missing, now);
    }
    return behind ? lookDown(missing, far, now) : lookUp(now);
  }

  /**
   * Begins to fall behind, or to keep up. After the client has kept up for long, the wait is the
   * first one again.
   */
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
    if (missing < lag) { // the client gains
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
