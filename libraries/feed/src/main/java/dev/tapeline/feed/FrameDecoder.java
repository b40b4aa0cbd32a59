package dev.tapeline.feed;

import dev.tapeline.market.tick.TickListener;

/** Decodes the frames of one connection to a vendor, in their order, on one thread. */
public interface FrameDecoder {

  /**
   * Decodes one frame: passes its ticks to the listener, and then the end of the frame. It keeps
   * nothing of the buffer, and passes on nothing of a frame that is bad or ignored.
   *
   * @param received when the frame was received, epoch ms UTC
   */
  Decoded decode(byte[] buffer, int offset, int length, long received, TickListener out);
}
