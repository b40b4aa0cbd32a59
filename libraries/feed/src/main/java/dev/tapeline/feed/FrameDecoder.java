package dev.tapeline.feed;

/** Decodes the frames of one connection to a vendor, in their order, on one thread. */
public interface FrameDecoder {

  /**
   * Decodes one frame. Keeps nothing of the buffer.
   *
   * @param received when the frame was received, epoch ms UTC
   */
  Decoded decode(byte[] buffer, int offset, int length, long received);
}
