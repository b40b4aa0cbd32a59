package dev.tapeline.rest.http;

import dev.tapeline.core.Excerpt;
import dev.tapeline.core.InvalidNameException;
import dev.tapeline.core.Selector;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of one call; an error names the wrong one. */
public record Query(Context ctx) {

  private static final Instant TOO_LATE = Instant.parse("2100-01-01T00:00:00Z");
  private static final int MAX_SHOWN = 64;

  public Optional<String> text(String name) {
    return Optional.ofNullable(ctx.queryParam(name)).filter(text -> !text.isEmpty());
  }

  public boolean flag(String name) {
    String text = text(name).orElse("false");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, text, "true or false");
    };
  }

  public int number(String name, int fallback, int most) {
    String text = text(name).orElse("" + fallback);
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the same answer
    }
    throw wrong(name, text, "a number from 0 to " + most);
  }

  public Optional<Selector> selector(String name) {
    try {
      return text(name).map(Selector::parse);
    } catch (InvalidNameException e) {
      throw wrong(name, ctx.queryParam(name), String.valueOf(e.getMessage()));
    }
  }

  /** An instant of a believable year. */
  public Instant instant(String name, Instant fallback) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      Instant instant = Instant.parse(text.get());
      if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(TOO_LATE)) {
        return instant;
      }
    } catch (DateTimeParseException e) {
      // the same answer
    }
    throw wrong(name, text.get(), "an instant such as 2026-12-07T09:45:00Z, of 1970 to 2099");
  }

  /** The value of one of these names; the fallback is one of them. */
  public <T> T choice(String name, String fallback, Map<String, T> choices) {
    String text = text(name).orElse(fallback);
    return chosen(name, text, text, choices);
  }

  /** A text of at most so many characters; empty if it is not there. */
  public String text(String name, int most) {
    String text = text(name).orElse("");
    if (text.length() > most) {
      throw new ProblemException(400, "'%s' has at most %d characters".formatted(name, most));
    }
    return text;
  }

  /** A day, such as 2026-12-29. */
  public Optional<LocalDate> date(String name) {
    try {
      return text(name).map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw wrong(name, ctx.queryParam(name), "a date such as 2026-12-29");
    }
  }

  /** A decimal above 0, of a believable length. */
  public Optional<BigDecimal> positive(String name) {
    return text(name)
        .map(text -> {
          if (Numbers.isJsonNumber(text) && new BigDecimal(text).signum() > 0) {
            return new BigDecimal(text);
          }
          throw wrong(name, text, "a number above 0");
        });
  }

  /** The value of one of these names, whatever their case, if there is one. */
  public <T> Optional<T> choice(String name, Map<String, T> choices) {
    return text(name).map(text -> chosen(name, text, text.toLowerCase(Locale.ROOT), choices));
  }

  private static <T> T chosen(String name, String text, String choice, Map<String, T> choices) {
    T chosen = choices.get(choice);
    if (chosen == null) {
      throw wrong(
          name, text, "one of " + String.join(", ", choices.keySet().stream().sorted().toList()));
    }
    return chosen;
  }

  /** The failure of a call whose parameter should be something else. */
  public static ProblemException wrong(String name, @Nullable String text, String right) {
    String shown = Excerpt.of(String.valueOf(text), MAX_SHOWN);
    return new ProblemException(
        400, "'%s' is '%s', but should be %s".formatted(name, shown, right));
  }
}
