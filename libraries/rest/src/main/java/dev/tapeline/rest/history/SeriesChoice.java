package dev.tapeline.rest.history;

import dev.tapeline.rest.http.Query;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which series of an instrument is meant: the one that the caller names, or that of the source
 * which prices the instrument now, or any other; the live one before simulations and replays.
 *
 * @param source null if the caller names none
 * @param origin null if the caller names none
 * @param present the source that prices the instrument now; null if there is none
 */
record SeriesChoice(@Nullable String source, @Nullable Origin origin, @Nullable String present) {

  private static final Map<String, Origin> ORIGINS =
      Arrays.stream(Origin.values()).collect(Collectors.toMap(Origin::word, Function.identity()));

  static SeriesChoice of(Query query, @Nullable String present) {
    return new SeriesChoice(
        query.text("source").orElse(null), query.choice("origin", ORIGINS).orElse(null), present);
  }

  /** The same of this source alone. */
  SeriesChoice ofSource(String name) {
    return new SeriesChoice(name, origin, present);
  }

  /** The one that is meant; empty if it is none of them. */
  Optional<Series> among(List<Series> all) {
    return all.stream()
        .filter(one -> source == null || one.source().equals(source))
        .filter(one -> origin == null || one.origin() == origin)
        .min(
            Comparator.comparing((Series one) -> !one.source().equals(present))
                .thenComparing(Series::origin)
                .thenComparing(Series::source));
  }
}
