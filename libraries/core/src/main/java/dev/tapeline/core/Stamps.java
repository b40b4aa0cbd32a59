package dev.tapeline.core;

/**
 * When a publication's content arose, in epoch milliseconds UTC, 0 where unknown: at the exchange,
 * and when this system first received it.
 */
public record Stamps(long exchange, long ingest) {

  public static final Stamps NONE = new Stamps(0, 0);
}
