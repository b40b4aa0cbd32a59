package dev.tapeline.access.token;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The period in which a token is valid (RFC 7519), from claims in seconds since 1970 and fractions
 * of them. A time outside the range of {@link Instant} becomes the nearest one inside it: a library
 * that counts milliseconds in 64 bits would read another time.
 *
 * @param begin the later one of {@code nbf} and {@code iat}; the earliest instant without them
 * @param end {@code exp}; null for never
 */
record TokenTimes(Instant begin, @Nullable Instant end) {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");
  private static final int NANO_DIGITS = 9;

  /**
   * Reads the claims of a token.
   *
   * @param claims null if the token holds no JSON object
   * @throws ParseException if one of the times is not a number
   */
  static TokenTimes of(@Nullable Map<String, Object> claims) throws ParseException {
    if (claims == null) {
      throw new ParseException("no claims", 0);
    }
    Instant notBefore = time(claims, "nbf").orElse(FIRST);
    Instant issued = time(claims, "iat").orElse(FIRST);
    Instant begin = notBefore.isAfter(issued) ? notBefore : issued;
    return new TokenTimes(begin, time(claims, "exp").orElse(null));
  }

  private static Optional<Instant> time(Map<String, Object> claims, String name)
      throws ParseException {
    Object value = claims.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
      throw new ParseException("'" + name + "' is no number of seconds", 0);
    }
    return Optional.of(within(number));
  }

  private static Instant within(Number seconds) {
    double rough = seconds.doubleValue();
    if (rough >= LAST.getEpochSecond()) {
      return LAST;
    }
    if (rough <= FIRST.getEpochSecond()) {
      return FIRST;
    }
    BigDecimal exact = new BigDecimal(seconds.toString());
    BigDecimal whole = exact.setScale(0, RoundingMode.FLOOR);
    long nanos = exact.subtract(whole).movePointRight(NANO_DIGITS).longValue();
    return Instant.ofEpochSecond(whole.longValueExact(), nanos);
  }
}
