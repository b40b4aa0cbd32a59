package dev.tapeline.store.history.questdb;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.store.history.BarSeries;
import dev.tapeline.store.history.Figure;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryException;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Retention;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.Span;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The history in a QuestDB server. It shows rows a moment after it has taken them. Safe for all
 * threads.
 */
public final class QuestdbHistory implements History {

  private static final String BAR = "bar";
  private static final String TICK = "tick";
  private static final String CHAIN = "chain";
  private static final String FIGURE = "figure";
  private static final String NO_PART = "-";
  private static final int MAX_REMEMBERED = 500_000;
  private static final String TIME = "ts::long/1000";

  private final QuestdbServer server;

  /** The series whose names the server has. */
  private final Set<SeriesName> named = ConcurrentHashMap.newKeySet();

  private volatile boolean prepared;

  /** A series that has rows of a kind. */
  private record SeriesName(Series series, String kind, String part) {}

  /** A history in the server at this URL, whose tables are made when it is first used. */
  public QuestdbHistory(URI url) {
    this.server = new QuestdbServer(url);
  }

  private void prepare() {
    if (!prepared) {
      QuestdbTables.STATEMENTS.forEach(server::query);
      prepared = true;
    }
  }

  private List<List<@Nullable String>> query(String sql) {
    try {
      prepare();
      return server.query(sql);
    } catch (HistoryException e) {
      prepared = false; // the server may be another one
      throw e;
    }
  }

  @Override
  public void append(List<HistoryRow> rows) {
    try {
      prepare();
      LineText lines = new LineText();
      Set<SeriesName> fresh = new HashSet<>();
      for (HistoryRow row : rows) {
        nameOf(row, fresh);
        RowLines.add(row, lines);
      }
      fresh.forEach(name -> add(name, lines));
      server.write(lines);
      remember(fresh);
    } catch (HistoryException e) {
      prepared = false;
      named.clear();
      throw e;
    }
  }

  private void nameOf(HistoryRow row, Set<SeriesName> fresh) {
    switch (row) {
      case HistoryRow.OfBar(Series series, Bar bar) ->
          note(new SeriesName(series, BAR, bar.frame().toString()), fresh);
      case HistoryRow.OfTick tick -> note(new SeriesName(tick.series(), TICK, NO_PART), fresh);
      case HistoryRow.OfChain chain ->
          note(new SeriesName(chain.series(), CHAIN, chain.expiry().toString()), fresh);
      case HistoryRow.OfFigure figure ->
          note(new SeriesName(figure.series(), FIGURE, figure.figure().word()), fresh);
    }
  }

  private void note(SeriesName name, Set<SeriesName> fresh) {
    if (!named.contains(name)) {
      fresh.add(name);
    }
  }

  private static void add(SeriesName name, LineText lines) {
    lines
        .begin(QuestdbTables.SERIES, name.series())
        .symbol("kind", name.kind())
        .symbol("part", name.part())
        .add("there", true)
        .end(0);
  }

  private void remember(Set<SeriesName> fresh) {
    if (named.size() + fresh.size() > MAX_REMEMBERED) {
      named.clear();
    }
    named.addAll(fresh);
  }

  @Override
  public List<BarSeries> barSeries(String symbol) {
    return seriesOf(symbol, BAR).stream()
        .map(row ->
            new BarSeries(series(symbol, row), Frame.parse(Objects.requireNonNull(row.get(2)))))
        .toList();
  }

  @Override
  public List<Series> tickSeries(String symbol) {
    return seriesOf(symbol, TICK, NO_PART);
  }

  @Override
  public List<Series> chainSeries(String underlying, LocalDate expiry) {
    return seriesOf(underlying, CHAIN, expiry.toString());
  }

  @Override
  public List<Series> figureSeries(String symbol, Figure figure) {
    return seriesOf(symbol, FIGURE, figure.word());
  }

  private List<Series> seriesOf(String symbol, String kind, String part) {
    return seriesOf(symbol, kind).stream()
        .filter(row -> part.equals(row.get(2)))
        .map(row -> series(symbol, row))
        .toList();
  }

  private List<List<@Nullable String>> seriesOf(String symbol, String kind) {
    return query(
        "select source, origin, part from %s where symbol = %s and kind = '%s'"
            .formatted(QuestdbTables.SERIES, quoted(symbol), kind));
  }

  private static Series series(String symbol, List<@Nullable String> row) {
    return new Series(
        symbol,
        Objects.requireNonNull(row.get(0)),
        Origin.parse(Objects.requireNonNull(row.get(1))));
  }

  /** Of all revisions of a bar the best one: see {@link HistoryRow.OfBar}. */
  @Override
  public List<Bar> bars(Series series, Frame frame, Span span) {
    String sql =
        """
        select %s, %s, ts from (
          select *, row_number() over (partition by ts order by partial, revision desc) best
          from %s where %s and tf = %s and %s)
        where best = 1 order by ts%s limit %d\
        """
            .formatted(
                TIME,
                RowReader.BAR_COLUMNS,
                QuestdbTables.bars(frame.isIntraday()),
                where(series),
                quoted(frame.toString()),
                within(span),
                way(span),
                span.limit());
    return query(sql).stream().map(row -> RowReader.bar(frame, row)).toList();
  }

  @Override
  public List<HistoryRow.OfTick> ticks(Series series, Span span) {
    String sql =
        "select %s, %s, ts from %s where %s and %s order by ts%s, id%s, ordinal%s limit %d"
            .formatted(
                TIME,
                RowReader.TICK_COLUMNS,
                QuestdbTables.TICKS,
                where(series),
                within(span),
                way(span),
                way(span),
                way(span),
                span.limit());
    return query(sql).stream().map(row -> RowReader.tick(series, row)).toList();
  }

  @Override
  public List<HistoryRow.OfChain> chains(Series series, LocalDate expiry, Span span) {
    String named = " and expiry = '%s'".formatted(expiry);
    return query(select("body", QuestdbTables.CHAINS, series, named, span)).stream()
        .map(row ->
            new HistoryRow.OfChain(
                series,
                expiry,
                RowReader.number(row.get(0)),
                Objects.requireNonNull(row.get(1)).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  @Override
  public List<HistoryRow.OfFigure> figures(Series series, Figure figure, Span span) {
    String named = " and figure = '%s'".formatted(figure.word());
    return query(select("value", QuestdbTables.FIGURES, series, named, span)).stream()
        .map(row ->
            new HistoryRow.OfFigure(
                series,
                figure,
                RowReader.number(row.get(0)),
                Double.parseDouble(Objects.requireNonNull(row.get(1)))))
        .toList();
  }

  private static String select(
      String column, String table, Series series, String named, Span span) {
    return "select %s, %s, ts from %s where %s%s and %s order by ts%s limit %d"
        .formatted(
            TIME, column, table, where(series), named, within(span), way(span), span.limit());
  }

  private static String where(Series series) {
    return "symbol = %s and source = %s and origin = '%s'"
        .formatted(quoted(series.symbol()), quoted(series.source()), series.origin().word());
  }

  private static String within(Span span) {
    return "ts >= %d and ts < %d".formatted(micros(span.from()), micros(span.to()));
  }

  private static long micros(long millis) {
    return Math.multiplyExact(millis, 1_000L);
  }

  private static String way(Span span) {
    return span.newestFirst() ? " desc" : "";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public void keep(Retention retention, Instant now) {
    drop(QuestdbTables.BARS, retention.bars(), now);
    drop(QuestdbTables.TICKS, retention.ticks(), now);
    drop(QuestdbTables.CHAINS, retention.chains(), now);
  }

  private void drop(String table, Duration time, Instant now) {
    LocalDate first = LocalDate.ofInstant(now.minus(time), ZoneOffset.UTC);
    try {
      query("alter table %s drop partition where ts < '%s'".formatted(table, first));
    } catch (HistoryException e) {
      if (!String.valueOf(e.getMessage()).contains("no partitions matched")) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
