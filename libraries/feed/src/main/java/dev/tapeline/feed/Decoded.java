package dev.tapeline.feed;

import dev.tapeline.market.tick.Tick;

/** What a frame of a vendor turned out to be. */
public sealed interface Decoded {

  /** Market data. */
  record Data(Tick tick) implements Decoded {}

  /** Well-formed, and nothing that is published: an answer to a request, an unknown event. */
  record Ignored() implements Decoded {}

  /** Not what the vendor's protocol allows. */
  record Bad(String reason) implements Decoded {}

  Ignored IGNORED = new Ignored();
}
