package dev.tapeline.rest;

import java.util.Optional;

/** The reasons why data is missing, as far as this node knows. Safe for all threads. */
public interface SourceProblems {

  /**
   * The sources that no node runs, and why; or why nothing comes from any source, such as at the
   * end of all recordings. Empty if something should come from all sources that are not closed.
   */
  Optional<String> any();

  /** Why nothing comes from the source of this name: no node runs it, it has ended or is down. */
  Optional<String> of(String source);
}
