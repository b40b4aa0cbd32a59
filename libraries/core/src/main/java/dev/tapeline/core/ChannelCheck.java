package dev.tapeline.core;

import java.util.Optional;

/**
 * Tells of a channel that nothing can ever be published there, because its name asks for something
 * that does not exist. A client that subscribes to it is told so.
 */
@FunctionalInterface
public interface ChannelCheck {

  /** Any name may be that of a channel. */
  ChannelCheck NONE = _ -> Optional.empty();

  /** What is wrong with the name, and what to write instead; empty if nothing is. */
  Optional<String> problem(String channel);
}
