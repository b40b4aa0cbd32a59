package dev.tapeline.feed.dhan.master;

/** Why a row of the master is left out. */
public enum DropReason implements RowOutcome {
  /** It has fewer or more columns than the header, so that no column can be trusted. */
  COLUMNS,
  /** It is longer than any row can be. */
  TOO_LONG,
  /** It belongs to a segment that the feed does not have: commodities of NSE. */
  NOT_IN_FEED,
  /** Its exchange or segment is not known. */
  SEGMENT,
  /** Its kind of instrument is not known. */
  KIND,
  /** Its security id is no number of the feed. */
  SECURITY_ID,
  /** It has no symbol, or one that can't be written. */
  SYMBOL,
  /** It is an exchange's own test. */
  TEST,
  /** Its expiry is over. */
  EXPIRED,
  /** It has no expiry that can be read. */
  EXPIRY,
  /** It is an option whose strike can't be read, or is not above 0. */
  STRIKE,
  /** It is an option that is neither a call nor a put. */
  RIGHT,
  /** It is a derivative whose lot can't be read, or is not above 0. */
  LOT,
  /** A later row has its key. */
  DUPLICATE,
  /** There are more rows than a master can have. */
  NO_ROOM
}
