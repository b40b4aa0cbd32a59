package dev.tapeline.market.tick;

/**
 * Hears what a source sends, in its order and on its thread.
 *
 * <p>Two marks divide what comes. Each frame of the vendor ends with {@link #onFrameEnd}, so that
 * what is derived from several ticks of one frame is told once. When nothing more is at hand,
 * {@link #onBatchEnd} follows, so that all of it leaves together. What is told depends on frames
 * alone, never on how they fall into batches.
 */
public interface TickListener {

  void onTick(Tick tick);

  /**
   * The source's time has come this far: the clock for a live source, the recorded time for a
   * recording. It comes between two frames, with or without ticks, and goes back where a recording
   * does.
   *
   * @param millis epoch ms UTC
   */
  void onTime(long millis);

  /** A frame is complete. */
  void onFrameEnd();

  /** Nothing more is at hand for now; a frame has ended before. */
  void onBatchEnd();
}
