package dev.tapeline.market;

import dev.tapeline.market.board.BookStudy;
import dev.tapeline.market.board.DayStatsStudy;
import dev.tapeline.market.board.LastValuesStudy;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The market of one source: it turns the source's ticks and time into events. Owned by the source's
 * thread. The same input gives the same events.
 */
public final class Market implements TickListener {

  private final Stage[] stages;
  private final MarketListener listener;

  private Market(List<Study> studies, MarketListener listener) {
    this.listener = listener;
    Consumer<MarketEvent> behind = listener::onEvent;
    Stage[] row = new Stage[studies.size()];
    for (int i = row.length - 1; i >= 0; i--) {
      row[i] = new Stage(studies.get(i), behind);
      behind = row[i]::pass;
    }
    stages = row;
  }

  /** A study and the receiver of its events: the next study, or the listener. */
  private record Stage(Study study, Consumer<MarketEvent> out) {

    /**
     * Takes an event of a study in front: passes it on first, then the events that follow from it.
     */
    void pass(MarketEvent event) {
      out.accept(event);
      study.onEvent(event, out);
    }
  }

  /**
   * A market with the common studies: last values, books and the figures of the session.
   *
   * @param more further studies, behind these
   */
  public static Market of(MarketListener listener, List<Study> more) {
    Stream<Study> first = Stream.of(new LastValuesStudy(), new BookStudy(), new DayStatsStudy());
    return new Market(Stream.concat(first, more.stream()).toList(), listener);
  }

  /** A market with the common studies and these behind them. */
  public static Market of(MarketListener listener, Study... more) {
    return of(listener, List.of(more));
  }

  @Override
  public void onTick(Tick tick) {
    for (Stage stage : stages) {
      stage.study.onTick(tick, stage.out);
    }
  }

  /** Takes a step of time, which is a frame of its own. */
  @Override
  public void onTime(long millis) {
    for (Stage stage : stages) {
      stage.study.onTime(millis, stage.out);
    }
    listener.onFrameEnd();
  }

  @Override
  public void onFeed(boolean isUp) {
    for (Stage stage : stages) {
      stage.study.onFeed(isUp, stage.out);
    }
  }

  @Override
  public void onFrameEnd() {
    listener.onFrameEnd();
  }

  @Override
  public void onBatchEnd() {
    listener.onBatchEnd();
  }
}
