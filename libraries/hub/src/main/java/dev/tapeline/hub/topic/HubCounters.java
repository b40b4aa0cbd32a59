package dev.tapeline.hub.topic;

import java.util.concurrent.atomic.LongAdder;

/** The hub's counters. Each only grows. */
public final class HubCounters {

  /** Publications received from the bus. */
  public final LongAdder publications = new LongAdder();

  /** Subscriptions that clients began; those granted have a cursor on what exists. */
  public final LongAdder begun = new LongAdder();

  /** Subscriptions that have ended. */
  public final LongAdder ended = new LongAdder();

  /** Subscriptions that were rejected. */
  public final LongAdder rejected = new LongAdder();

  /** Frames handed to connections. */
  public final LongAdder frames = new LongAdder();

  /** Bytes handed to connections. */
  public final LongAdder bytes = new LongAdder();

  /** Publications that did not get a frame of their own because a newer one went out instead. */
  public final LongAdder merged = new LongAdder();

  /** Gaps that were told to clients. */
  public final LongAdder gaps = new LongAdder();

  /** Reads of the logs of durable channels. */
  public final LongAdder logReads = new LongAdder();

  /** Subscriptions that began where the client had left off. */
  public final LongAdder recovered = new LongAdder();

  /** Recoveries that were refused because the log no longer had everything. */
  public final LongAdder recoveryRefused = new LongAdder();

  /** Recoveries that were postponed because too many came at once. */
  public final LongAdder recoveryPostponed = new LongAdder();

  /** Rings that were given up to keep within the memory budget or the number of channels. */
  public final LongAdder evictions = new LongAdder();

  /** Channels that a client's patterns match, but that it does not get because it has too many. */
  public final LongAdder matchesRefused = new LongAdder();

  /** Patterns that were refused because this node has too many. */
  public final LongAdder patternsRefused = new LongAdder();

  /** Channels that were looked at, one by one, for patterns and to find idle ones. */
  public final LongAdder channelsCompared = new LongAdder();

  /** Publications larger than a message may be. */
  public final LongAdder droppedOversized = new LongAdder();

  /** Publications whose channel name can't be subscribed. */
  public final LongAdder droppedInvalidName = new LongAdder();

  /** Publications of durable channels that had been received already. */
  public final LongAdder droppedRepeated = new LongAdder();

  /** Publications that nobody here wants any more. */
  public final LongAdder droppedUnwanted = new LongAdder();

  /** Times a connection could not take all that it was to get. */
  public final LongAdder blocked = new LongAdder();

  /** Steps down that clients were set back because they did not keep up. */
  public final LongAdder stepsDown = new LongAdder();

  /** Steps up that clients were given back. */
  public final LongAdder stepsUp = new LongAdder();

  /** Nanoseconds that lanes spent distributing and writing. */
  public final LongAdder laneNanos = new LongAdder();
}
