package dev.tapeline.server.runtime;

import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;

/** Which feed a server is to run. */
public sealed interface FeedPlan {

  /** Data comes from other processes alone. */
  record None() implements FeedPlan {}

  /** An invented market. */
  record Simulator() implements FeedPlan {}

  record Replay(Recording recording, ReplayOptions options) implements FeedPlan {}

  FeedPlan NONE = new None();
}
