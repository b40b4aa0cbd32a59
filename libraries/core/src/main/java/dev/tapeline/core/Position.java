package dev.tapeline.core;

/**
 * The position of a publication on its channel. Numbers start at 1 in each epoch and have no holes;
 * 0 is the position before the first publication. Positions of different epochs can't be compared.
 */
public record Position(String epoch, long seq) {

  public Position {
    if (epoch.isEmpty() || seq < 0) {
      throw new IllegalArgumentException(
          "not a position: epoch '%s', seq %d".formatted(epoch, seq));
    }
  }
}
