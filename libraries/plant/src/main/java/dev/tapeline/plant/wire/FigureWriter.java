package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.chain.NoFigure;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes members of a JSON object, each behind a comma where one is due, and the reasons of those
 * that are left out. A number that is not finite is left out. Owned by one thread.
 */
final class FigureWriter {

  private static final int DIGITS = 6;

  private final JsonBytes out;

  /** Whether the next member is the first of its object. */
  private boolean isFirst;

  private boolean hasReasons;

  FigureWriter(JsonBytes out) {
    this.out = out;
  }

  private JsonBytes name(String name) {
    out.ascii(isFirst ? "\"" : ",\"").ascii(name).ascii("\":");
    isFirst = false;
    return out;
  }

  void beginObject(String name) {
    name(name).ascii("{");
    isFirst = true;
  }

  /** Begins an object whose name has been written. */
  void beginObject() {
    out.ascii("{");
    isFirst = true;
  }

  void endObject() {
    out.ascii("}");
    isFirst = false;
  }

  /** A computed figure, to six significant digits. */
  void figure(String name, double value) {
    precise(name, value, DIGITS);
  }

  void precise(String name, double value, int digits) {
    if (Math.abs(value) < Double.POSITIVE_INFINITY) {
      name(name).rounded(value, digits);
    }
  }

  void exact(String name, @Nullable BigDecimal value) {
    if (value != null) {
      name(name).number(value);
    }
  }

  void whole(String name, long value) {
    name(name).number(value);
  }

  void flag(String name, boolean value) {
    name(name).ascii(value ? "true" : "false");
  }

  /** Text that needs no escaping. */
  void text(String name, String ascii) {
    name(name).ascii("\"").ascii(ascii).ascii("\"");
  }

  void wholes(String name, List<Long> values) {
    name(name).ascii("[");
    for (int i = 0; i < values.size(); i++) {
      out.ascii(i == 0 ? "" : ",").number(values.get(i));
    }
    out.ascii("]");
  }

  void beginList(String name) {
    name(name).ascii("[");
  }

  void endList() {
    out.ascii("]");
    isFirst = false;
  }

  /** Puts a comma between two entries of a list. */
  void between() {
    out.ascii(",");
  }

  /** Adds why a figure is absent, if it is, to the object {@code why}. */
  void reason(String name, @Nullable NoFigure why) {
    if (why == null) {
      return;
    }
    if (!hasReasons) {
      hasReasons = true;
      beginObject("why");
    }
    text(name, why.text());
  }

  /** Ends the object {@code why}, if there is one. */
  void endReasons() {
    if (hasReasons) {
      hasReasons = false;
      endObject();
    }
  }
}
