package dev.tapeline.store.history.questdb;

import dev.tapeline.store.history.Series;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Rows in InfluxDB's line protocol, as QuestDB reads it: {@code table,symbol=… column=… time}, with
 * times in milliseconds. Values that are null are left out. Owned by one thread.
 */
final class LineText {

  private final StringBuilder text = new StringBuilder(1 << 14);
  private boolean inColumns;

  /** Begins a row of a series. */
  LineText begin(String table, Series series) {
    text.append(table);
    inColumns = false;
    return symbol("symbol", series.symbol())
        .symbol("source", series.source())
        .symbol("origin", series.origin().word());
  }

  /** A value of a column of few words; comes before all other columns. */
  LineText symbol(String name, String value) {
    text.append(',').append(name).append('=');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == ',' || c == '=' || c == '\\' || c == '\n' || c == '\r') {
        text.append('\\');
      }
      text.append(c);
    }
    return this;
  }

  LineText add(String name, long value) {
    column(name).append(value).append('i');
    return this;
  }

  LineText add(String name, @Nullable Integer value) {
    return value == null ? this : add(name, value.longValue());
  }

  LineText add(String name, double value) {
    column(name).append(value);
    return this;
  }

  LineText add(String name, boolean value) {
    column(name).append(value ? 't' : 'f');
    return this;
  }

  LineText add(String name, @Nullable BigDecimal value) {
    return value == null ? this : add(name, value.doubleValue());
  }

  LineText add(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    StringBuilder out = column(name).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\' || c == '\n' || c == '\r') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
    return this;
  }

  private StringBuilder column(String name) {
    text.append(inColumns ? ',' : ' ');
    inColumns = true;
    return text.append(name).append('=');
  }

  /** Ends the row; the time is in epoch ms UTC. */
  void end(long time) {
    text.append(' ').append(time).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
