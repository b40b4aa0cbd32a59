package dev.tapeline.core;

/**
 * The times of a publication in epoch milliseconds UTC, 0 where unknown: when its content arose at
 * the exchange, and when this system first received it.
 */
public record Stamps(long exchange, long ingest) {

  public static final Stamps NONE = new Stamps(0, 0);

  /**
   * @throws IllegalArgumentException if one is negative: a log takes no publication with such
   *     stamps
   */
  public Stamps {
    if (exchange < 0 || ingest < 0) {
      throw new IllegalArgumentException(
          "negative stamps: exchange %d, ingest %d".formatted(exchange, ingest));
    }
  }
}
