package dev.tapeline.server.runtime;

import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;

/** A source that a server is to run. */
public sealed interface FeedPlan {

  /** An invented market. */
  record Simulator() implements FeedPlan {}

  /** A recording, played again. */
  record Replay(Recording recording, ReplayOptions options) implements FeedPlan {}
}
