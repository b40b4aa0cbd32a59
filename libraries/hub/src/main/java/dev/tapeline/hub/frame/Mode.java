package dev.tapeline.hub.frame;

/** How much of a channel a subscription gets. */
public enum Mode {
  /** Each publication. */
  ALL,
  /** The newest only, when there is one and the rate allows it. */
  LATEST;

  /** The word of the wire protocol. */
  public String text() {
    return this == ALL ? "all" : "latest";
  }
}
