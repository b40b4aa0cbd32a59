package dev.tapeline.rest.history;

import dev.tapeline.rest.http.Query;
import dev.tapeline.store.history.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * The times that a caller asks for: {@code from} is the first one, {@code to} the first one after
 * them, each an instant of ISO 8601 or milliseconds since 1970. With {@code from} the page begins
 * there; without it, it ends at {@code to}.
 *
 * @param to after {@code from}, and not after what the caller may see
 * @param isFromStart whether the page begins at {@code from}
 */
public record TimeRange(long from, long to, boolean isFromStart) {

  private static final long MAX_MILLIS = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

  /**
   * @param until the first time that the caller may not see
   */
  static TimeRange of(Query query, OptionalLong until) {
    OptionalLong from = time(query, "from");
    OptionalLong to = time(query, "to");
    long first = from.orElse(0);
    if (to.isPresent() && to.getAsLong() < first) {
      throw Query.wrong("to", query.text("to").orElse(""), "a time after 'from'");
    }
    long end = Math.min(to.orElse(MAX_MILLIS), until.orElse(MAX_MILLIS));
    return new TimeRange(first, Math.max(first, end), from.isPresent());
  }

  private static OptionalLong time(Query query, String name) {
    return query
        .text(name)
        .map(text -> OptionalLong.of(parse(name, text)))
        .orElse(OptionalLong.empty());
  }

  private static long parse(String name, String text) {
    try {
      long millis =
          text.matches("[0-9]{1,15}") ? Long.parseLong(text) : Instant.parse(text).toEpochMilli();
      if (millis >= 0 && millis <= MAX_MILLIS) {
        return millis;
      }
    } catch (DateTimeException | ArithmeticException _) {
      // the same answer
    }
    throw Query.wrong(
        name, text, "an instant such as 2026-12-07T03:45:00Z, or milliseconds since 1970");
  }

  /** The rows of this range, up to a number. */
  Span span(int limit) {
    return new Span(from, to, limit, !isFromStart);
  }
}
