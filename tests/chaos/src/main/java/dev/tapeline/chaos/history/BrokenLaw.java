package dev.tapeline.chaos.history;

import java.util.List;

/**
 * A law that a record shows to be broken.
 *
 * @param who the client, the publisher, or {@code log}
 * @param from the first number concerned
 * @param to the last one
 * @param lines of the record, where it is seen
 */
public record BrokenLaw(
    Breach breach,
    String who,
    String channel,
    String epoch,
    long from,
    long to,
    List<Long> lines,
    String text) {

  public BrokenLaw {
    lines = List.copyOf(lines);
  }

  @Override
  public String toString() {
    String numbers = from == to ? "" + from : from + ".." + to;
    return "law %d %s: %s on %s, epoch %s, %s, lines %s: %s"
        .formatted(breach.law(), breach, who, channel, epoch, numbers, lines, text);
  }
}
