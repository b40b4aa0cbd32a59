package dev.tapeline.rest.history;

import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says besides its entries: whose they are, and where the next page begins.
 *
 * @param series null if there is none
 * @param older the {@code to} of the page before; null if nothing is known to be there
 * @param newer the {@code from} of the page behind; null if nothing is known to be there
 */
record SeriesMetadata(
    String symbol, @Nullable Series series, @Nullable Long older, @Nullable Long newer) {

  /** Writes whose they are, behind other members of a JSON object. */
  void series(StringBuilder out) {
    if (series != null) {
      Texts.quoted(Texts.member(out, "source"), series.source());
      Texts.quoted(Texts.member(out, "origin"), series.origin().word());
      if (series.origin() == Origin.SIMULATED) {
        Texts.member(out, "simulated").append(true);
      }
    }
  }

  /** Writes where the next pages begin, behind other members of a JSON object. */
  void cursors(StringBuilder out) {
    cursor(out, "older", older);
    cursor(out, "newer", newer);
  }

  private static void cursor(StringBuilder out, String name, @Nullable Long time) {
    if (time != null) {
      Texts.member(out, name).append(time.longValue());
    }
  }

  /** The same for forms that have room for texts alone; more may be added. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("symbol", symbol);
    if (series != null) {
      texts.put("source", series.source());
      texts.put("origin", series.origin().word());
      if (series.origin() == Origin.SIMULATED) {
        texts.put("simulated", "true");
      }
    }
    if (older != null) {
      texts.put("older", older.toString());
    }
    if (newer != null) {
      texts.put("newer", newer.toString());
    }
    return texts;
  }
}
