package dev.tapeline.market.tick;

/** When a tick happened at the exchange and when it was received, epoch ms UTC, 0 if unknown. */
public record Times(long exchange, long received) {

  public static final Times UNKNOWN = new Times(0, 0);

  /** The latest time, which has 15 digits. */
  public static final long MAX = 999_999_999_999_999L;

  /**
   * @throws IllegalArgumentException if one is negative or later than {@link #MAX}
   */
  public Times {
    check(exchange);
    check(received);
  }

  private static void check(long millis) {
    if (millis < 0 || millis > MAX) {
      throw new IllegalArgumentException("no time in milliseconds since 1970: " + millis);
    }
  }
}
