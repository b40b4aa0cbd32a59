package dev.tapeline.plant.supply;

import dev.tapeline.core.SourceStatus;
import dev.tapeline.feed.FeedStatus;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The newest status of a source that clients were told. Safe for all threads. */
final class ToldStatus {

  private final String source;
  private final InstantSource clock;
  private final Consumer<SourceStatus> clients;
  private SourceStatus newest;

  /**
   * @param clients gets each status, also one that is the same as before
   */
  ToldStatus(String source, InstantSource clock, Consumer<SourceStatus> clients) {
    this.source = source;
    this.clock = clock;
    this.clients = clients;
    this.newest = new SourceStatus(source, FeedStatus.State.CLOSED.wireName(), clock.millis());
  }

  /** Tells a state that begins now. */
  void tell(FeedStatus.State state) {
    tell(state.wireName(), null);
  }

  /**
   * Tells a state that begins now.
   *
   * @param reason in words for everybody; null if there is none to tell
   */
  void tell(String state, @Nullable String reason) {
    tellIf(() -> true, new SourceStatus(source, state, clock.millis(), reason));
  }

  /** Tells the status of a feed while its run goes on: nothing follows what is told at its end. */
  void tell(FeedStatus status, SourceRun run) {
    SourceStatus news =
        new SourceStatus(source, status.state().wireName(), status.since(), status.reason());
    tellIf(() -> !run.isOver(), news);
  }

  private synchronized void tellIf(BooleanSupplier condition, SourceStatus status) {
    if (condition.getAsBoolean()) {
      newest = status;
      clients.accept(status);
    }
  }

  /** The newest status, as a status frame has it; closed before the first one. */
  synchronized SourceStatus newest() {
    return newest;
  }

  /** Whether the newest state is down. */
  boolean isDown() {
    return newest().state().equals(FeedStatus.State.DOWN.wireName());
  }
}
