package dev.tapeline.feed;

import dev.tapeline.market.tick.TickListener;

/** Decodes the frames of one connection to a vendor, in their order, on one thread. */
public interface FrameDecoder {

  /**
   * Decodes one frame: tells its ticks, and then the end of the frame. Keeps nothing of the buffer,
   * and tells nothing of a frame that is bad or ignored.
   *
   * @param received when the frame was received, epoch ms UTC
   */
  Decoded decode(byte[] buffer, int offset, int length, long received, TickListener out);
}
