package dev.tapeline.rest;

import java.util.Optional;

/** The reasons why data is missing, as far as this node knows. Safe for all threads. */
public interface SourceProblems {

  /** The sources that no node runs, and why; empty if there are none. */
  Optional<String> any();

  /** Why no node runs the source of this name; empty if a node does. */
  Optional<String> of(String source);
}
