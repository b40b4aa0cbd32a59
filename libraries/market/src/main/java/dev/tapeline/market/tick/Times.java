package dev.tapeline.market.tick;

/** When a tick happened at the exchange and when it was received, epoch ms UTC, 0 if unknown. */
public record Times(long exchange, long received) {

  public static final Times UNKNOWN = new Times(0, 0);
}
