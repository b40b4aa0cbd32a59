package dev.tapeline.feed.replay;

/**
 * How to play a recording.
 *
 * @param loop whether to start over at its end
 * @param awaitSubscriber whether to wait for the first subscriber before the first line
 */
public record ReplayOptions(Pace pace, boolean loop, boolean awaitSubscriber) {

  /** Once, as it was recorded, at once. */
  public static final ReplayOptions DEFAULT = new ReplayOptions(new Pace(1), false, false);
}
