package dev.tapeline.rest.history;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.rest.http.Query;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Series;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stored snapshots of option chains, by pages of time. */
public final class StoredChains {

  private static final List<String> PARAMETERS = List.of("from", "to", "limit", "source", "origin");
  private static final int SNAPSHOTS = 10;

  /** A snapshot of 100 strikes has about 120 KB. */
  private static final int MAX_SNAPSHOTS = 100;

  private final HistoryParts parts;
  private final HistoryCalls calls;

  public StoredChains(HistoryParts parts) {
    this.parts = parts;
    this.calls = new HistoryCalls(parts);
  }

  /** Whether a call has a parameter that only stored snapshots can answer. */
  public static boolean areMeant(Context ctx) {
    Query query = new Query(ctx);
    return PARAMETERS.stream().anyMatch(name -> query.text(name).isPresent());
  }

  /**
   * Answers a page of snapshots as JSON.
   *
   * @throws dev.tapeline.rest.http.ProblemException if a parameter is wrong, or there is no history
   */
  public void answer(Context ctx, ChainKey chain) {
    Query query = new Query(ctx);
    TimeRange range = TimeRange.of(query, parts.access().until(ctx, chain.underlying()));
    int limit = calls.limit(query, SNAPSHOTS, MAX_SNAPSHOTS);
    SeriesChoice choice = SeriesChoice.of(query, calls.source(chain.underlying()));
    History history = calls.history();
    Optional<Series> series = choice.among(history.chainSeries(chain.underlying(), chain.expiry()));
    HistoryPage<HistoryRow.OfChain> page =
        series
            .map(one -> history.chains(one, chain.expiry(), range.span(limit + 1)))
            .map(read -> HistoryPage.of(read, range, limit))
            .orElse(HistoryPage.empty());
    ctx.contentType("application/json")
        .result(json(chain, series.orElse(null), page).getBytes(StandardCharsets.UTF_8));
  }

  private static String json(
      ChainKey chain, @Nullable Series series, HistoryPage<HistoryRow.OfChain> page) {
    List<HistoryRow.OfChain> rows = page.rows();
    StringBuilder out = new StringBuilder(128);
    Texts.quoted(out.append("{\"symbol\":"), chain.underlying());
    Texts.quoted(Texts.member(out, "expiry"), chain.expiry().toString());
    Long older = page.hasOlder() ? rows.getFirst().time() : null;
    Long newer = page.hasNewer() ? rows.getLast().time() + 1 : null;
    SeriesMetadata metadata = new SeriesMetadata(chain.underlying(), series, older, newer);
    metadata.series(out);
    Texts.member(out, "snapshots").append('[');
    out.append(rows.stream().map(StoredChains::text).collect(Collectors.joining(",")));
    out.append(']');
    metadata.cursors(out);
    return out.append('}').toString();
  }

  private static String text(HistoryRow.OfChain snapshot) {
    return new String(snapshot.json(), StandardCharsets.UTF_8);
  }
}
