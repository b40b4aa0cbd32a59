package dev.tapeline.hub.lane;

/** Gets what a client has to be told of its session, on the session's lane. */
public interface SessionListener {

  /**
   * The client's patterns match more channels than one client may have; those beyond have no
   * cursor. Told again only after a pattern has ended.
   */
  void onTooManyMatches();

  /** The client is too slow for publications that must not be lost: its connection is to end. */
  void onTooSlow();
}
