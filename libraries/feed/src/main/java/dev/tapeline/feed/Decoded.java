package dev.tapeline.feed;

/** What a frame of a vendor turned out to be. */
public sealed interface Decoded {

  /**
   * Market data, which the listener has been told.
   *
   * @param event the vendor's name for this kind of frame; empty if it has none
   */
  record Read(String event) implements Decoded {}

  /** Well-formed, and nothing that is published: an answer to a request, an unknown event. */
  record Ignored() implements Decoded {}

  /** Not what the vendor's protocol allows. */
  record Bad(String reason) implements Decoded {}

  Ignored IGNORED = new Ignored();
}
