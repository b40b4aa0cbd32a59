package dev.tapeline.rest;

import java.util.Optional;

/** Why data does not come, as far as this node knows. Safe for all threads. */
public interface SourceProblems {

  /** Which sources nobody runs, and why; empty if there are none. */
  Optional<String> any();

  /** Why nobody runs the source of this name; empty if somebody does. */
  Optional<String> of(String source);
}
