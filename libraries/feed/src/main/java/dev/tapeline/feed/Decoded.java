package dev.tapeline.feed;

/** The result of decoding a vendor's frame. */
public sealed interface Decoded {

  /**
   * Market data, which was passed to the listener.
   *
   * @param event the vendor's name for this kind of frame; empty if it has none
   */
  record Read(String event) implements Decoded {}

  /** A well-formed frame with nothing to publish: an answer to a request, an unknown event. */
  record Ignored() implements Decoded {}

  /** A frame that the vendor's protocol does not allow. */
  record Bad(String reason) implements Decoded {}

  Ignored IGNORED = new Ignored();
}
