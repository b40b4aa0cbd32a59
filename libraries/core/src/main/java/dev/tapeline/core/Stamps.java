package dev.tapeline.core;

/**
 * The times of a publication in epoch milliseconds UTC, 0 where unknown: when its content arose at
 * the exchange, and when this system first received it.
 */
public record Stamps(long exchange, long ingest) {

  public static final Stamps NONE = new Stamps(0, 0);
}
