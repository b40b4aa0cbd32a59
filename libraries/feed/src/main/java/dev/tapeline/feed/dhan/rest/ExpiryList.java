package dev.tapeline.feed.dhan.rest;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The expiry dates of an underlying, as the vendor lists them: no rule of weekdays gives them. */
public final class ExpiryList {

  private static final int MAX = 1_000;

  private ExpiryList() {}

  /** The dates of an answer of {@code optionchain/expirylist}, ascending; others are left out. */
  public static List<LocalDate> read(JsonNode data) {
    TreeSet<LocalDate> dates = new TreeSet<>();
    for (JsonNode text : data) {
      LocalDate date = date(text.asString(""));
      if (date != null && dates.size() < MAX) {
        dates.add(date);
      }
    }
    return List.copyOf(dates);
  }

  private static @Nullable LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException _) {
      return null; // left out
    }
  }
}
