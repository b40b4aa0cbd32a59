package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.indicator.IndicatorTerm;
import dev.tapeline.market.indicator.Readings;
import java.util.List;

/**
 * Writes values of indicators as members of a JSON object: {@code "rsi-14":54.2}, and an object
 * where an indicator has several values. What is not defined yet is left out.
 */
public final class ReadingsJson {

  private ReadingsJson() {}

  /**
   * Writes them behind other members of an object.
   *
   * @param isCommon whether they are the common ones, which have names without numbers
   */
  public static void write(JsonBytes out, Readings readings, boolean isCommon) {
    int place = 0;
    for (IndicatorTerm term : readings.spec().terms()) {
      List<String> names = term.kind().valueNames();
      write(out, isCommon ? term.kind().text() : term.toString(), names, readings, place);
      place += names.size();
    }
  }

  /** Writes what is defined of the values of one indicator, which begin at a place. */
  private static void write(
      JsonBytes out, String key, List<String> names, Readings readings, int first) {
    boolean isAlone = names.size() == 1;
    boolean any = false;
    for (int i = 0; i < names.size(); i++) {
      if (readings.has(first + i)) {
        if (!any) {
          out.ascii(",\"").ascii(key).ascii(isAlone ? "\":" : "\":{\"");
        }
        if (!isAlone) {
          out.ascii(any ? ",\"" : "").ascii(names.get(i)).ascii("\":");
        }
        out.number(readings.get(first + i));
        any = true;
      }
    }
    if (any && !isAlone) {
      out.ascii("}");
    }
  }
}
