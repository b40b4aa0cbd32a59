package dev.tapeline.server.history;

import dev.tapeline.core.thread.OwnThread;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.market.bar.PastBars;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.volatility.study.VolatilityHistory;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.plant.wire.ChainSnapshots;
import dev.tapeline.rest.history.FrameFolding;
import dev.tapeline.server.settings.part.HistorySettings;
import dev.tapeline.store.database.Database;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryRecorder;
import dev.tapeline.store.history.HistoryReport;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.RecorderRules;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.questdb.QuestdbHistory;
import dev.tapeline.store.history.sql.SqlHistory;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The history of this node, in the database or in a QuestDB. The database starts when the history
 * is first recorded or read. Safe for all threads.
 */
public final class NodeHistory implements AutoCloseable {

  private final @Nullable RecorderRules rules;
  private final Supplier<History> store;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final ExecutorService reader = new OwnThread("history-reader");
  private @Nullable History history;
  private volatile @Nullable HistoryRecorder recorder;
  private @Nullable PastBarReader past;

  /** A history that nothing has used yet. */
  public NodeHistory(
      HistorySettings settings, Database database, InstantSource clock, MeterRegistry meters) {
    this.rules = settings.rules();
    this.store = () -> store(settings.questdb(), database);
    this.clock = clock;
    this.meters = meters;
  }

  private static History store(@Nullable URI questdb, Database database) {
    if (questdb != null) {
      return new QuestdbHistory(questdb);
    }
    database.start();
    return new SqlHistory(database.jdbi());
  }

  /** The history, which is opened by the first who asks; empty if there is to be none. */
  public synchronized Optional<History> open() {
    if (history == null && rules != null) {
      history = store.get();
    }
    return Optional.ofNullable(history);
  }

  /** New listeners for each market of a source, which record it; none if there is no history. */
  public Supplier<List<MarketListener>> listeners(SourceSpec source) {
    RecorderRules wanted = rules;
    if (wanted == null) {
      return List::of;
    }
    HistoryRecorder running = recorder(wanted);
    return () -> List.of(running.listener(source.name(), symbol -> originOf(source, symbol)));
  }

  /** Keeps the snapshots of a source's option chains, if such are kept. */
  public ChainSnapshots snapshots(SourceSpec source) {
    RecorderRules wanted = rules;
    if (wanted == null || !wanted.chains()) {
      return ChainSnapshots.NONE;
    }
    HistoryRecorder running = recorder(wanted);
    return (chain, time, json) -> {
      String symbol = chain.underlying();
      Series series = new Series(symbol, source.name(), originOf(source, symbol));
      running.add(new HistoryRow.OfChain(series, chain.expiry(), time, json));
    };
  }

  /**
   * The volatilities of earlier days for a source. A replay knows none, whatever the store has, so
   * that it publishes the same bytes each time.
   */
  public VolatilityHistory volatilities(SourceSpec source) {
    return rules == null || source.working() == FeedStatus.State.REPLAY
        ? VolatilityHistory.NONE
        : new DailyVolatilities(
            () -> open().orElseThrow(), source.name(), symbol -> originOf(source, symbol), reader);
  }

  /**
   * Pasts of a source, one for each study of a market; {@link PastBars#NONE} if there is no
   * history, or the source is not live.
   *
   * @param folding makes the bars of frames that are not stored
   */
  public synchronized Supplier<PastBars> past(SourceSpec source, FrameFolding folding) {
    if (rules == null) {
      return () -> PastBars.NONE;
    }
    PastBarReader known = past == null ? pastBars(folding) : past;
    past = known;
    return () -> known.of(source);
  }

  private PastBarReader pastBars(FrameFolding folding) {
    PastBarReader made = new PastBarReader(() -> open().orElseThrow(), folding, clock);
    HistoryMeters.bind(made, meters);
    return made;
  }

  private static Origin originOf(SourceSpec source, String symbol) {
    if (source.working() == FeedStatus.State.REPLAY) {
      return Origin.REPLAY;
    }
    return source.simulated().test(symbol) ? Origin.SIMULATED : Origin.LIVE;
  }

  private synchronized HistoryRecorder recorder(RecorderRules wanted) {
    HistoryRecorder running = recorder;
    if (running == null) {
      running = HistoryRecorder.start(open().orElseThrow(), wanted, clock);
      HistoryMeters.bind(running, meters);
      recorder = running;
    }
    return running;
  }

  /** How the recording goes; empty if this node records nothing. */
  public Optional<HistoryReport> report() {
    return Optional.ofNullable(recorder).map(HistoryRecorder::report);
  }

  /** Why the history is not stored now, for people to read. */
  public Optional<String> problem() {
    return report().flatMap(NodeHistory::problem);
  }

  private static Optional<String> problem(HistoryReport report) {
    return Optional.ofNullable(report.problem())
        .map(why -> "the history is not stored, %d rows wait: %s".formatted(report.waiting(), why));
  }

  @Override
  public synchronized void close() {
    reader.shutdownNow();
    Optional.ofNullable(past).ifPresent(PastBarReader::close);
    Optional.ofNullable(recorder).ifPresent(HistoryRecorder::close);
    Optional.ofNullable(history).ifPresent(History::close);
  }
}
