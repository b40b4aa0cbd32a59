package dev.tapeline.chaos.history;

import dev.tapeline.core.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A publication as its publisher knows it, and the epochs in which it has come to nodes. */
final class Sent {

  /** The outcome that the publisher was told. */
  enum Outcome {
    OPEN,
    ACKNOWLEDGED,
    REFUSED,
    UNCLEAR
  }

  final String publisher;
  final String channel;
  final long number;
  final String digest;
  final long line;
  private int attempts = 1;
  private boolean mayHaveHappened;
  private Outcome outcome = Outcome.OPEN;
  private final List<Position> positions = new ArrayList<>(1);
  private final Map<String, String> epochOnNode = new HashMap<>(2);

  Sent(Event.Attempted event, long line) {
    this.publisher = event.publisher();
    this.channel = event.channel();
    this.number = event.number();
    this.digest = event.digest();
    this.line = line;
  }

  void attemptAgain() {
    attempts++;
    outcome = Outcome.OPEN;
  }

  boolean wasRepeated() {
    return attempts > 1;
  }

  /**
   * A refusal is one of the last attempt; an earlier one may have been carried out all the same.
   */
  void refuse() {
    outcome = mayHaveHappened ? Outcome.UNCLEAR : Outcome.REFUSED;
  }

  void doubt() {
    mayHaveHappened = true;
    outcome = Outcome.UNCLEAR;
  }

  void acknowledge(@Nullable Position position) {
    outcome = Outcome.ACKNOWLEDGED;
    if (position != null) {
      positions.add(position);
    }
  }

  Outcome outcome() {
    return outcome;
  }

  boolean isAcknowledged() {
    return outcome == Outcome.ACKNOWLEDGED;
  }

  /** The positions that its publisher was told; empty for plain messages. */
  List<Position> positions() {
    return positions;
  }

  /** The epoch in which it came to a node before, or null. */
  @Nullable String cameTo(String node, String epoch) {
    return epochOnNode.putIfAbsent(node, epoch);
  }

  @Override
  public String toString() {
    return "publication %d of %s (line %d)".formatted(number, publisher, line);
  }
}
