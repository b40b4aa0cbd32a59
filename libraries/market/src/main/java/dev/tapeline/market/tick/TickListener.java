package dev.tapeline.market.tick;

/**
 * Receives the ticks of a source, in order and on its thread.
 *
 * <p>Two marks divide the ticks. Each frame of the vendor ends with {@link #onFrameEnd}, so that a
 * state derived from several ticks of a frame is passed on once. When nothing more is at hand,
 * {@link #onBatchEnd} follows, so that the whole batch leaves together. The output depends on
 * frames alone, never on how they are divided into batches.
 */
public interface TickListener {

  void onTick(Tick tick);

  /**
   * The time that the source has reached: the clock for a live source, the recorded time for a
   * recording. It comes between two frames, with or without ticks, and goes back where a recording
   * does.
   *
   * @param millis epoch ms UTC
   */
  void onTime(long millis);

  /**
   * What follows is of a source that begins anew, as a vendor does that was connected to again:
   * nothing that was told before holds any more. Comes between two frames.
   */
  default void onStartOver() {}

  /**
   * Whether the source gets what it should, when that changes. Comes between two ticks, and in a
   * recording of arrivals where it came then.
   */
  default void onFeed(boolean isUp) {}

  /** A frame is complete. */
  void onFrameEnd();

  /** Nothing more is at hand for now; a frame has ended before. */
  void onBatchEnd();
}
