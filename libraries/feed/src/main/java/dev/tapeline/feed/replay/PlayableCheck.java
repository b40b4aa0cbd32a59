package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.tick.Tick;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that a recording has something that can be played, before anything depends on it. */
final class PlayableCheck implements PlaybackSink {

  private boolean found;
  private @Nullable String firstProblem;

  private PlayableCheck() {}

  /**
   * @throws FeedException if there is nothing, with the first thing that is wrong
   */
  static void check(Playback playback) {
    PlayableCheck check = new PlayableCheck();
    try {
      playback.play(check);
    } catch (IOException e) {
      throw new FeedException(
          "the recording %s can't be read: %s".formatted(playback.path(), e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FeedException("interrupted while reading " + playback.path(), e);
    }
    if (!check.found) {
      throw new FeedException(
          "no line of the recording %s can be played: %s"
              .formatted(
                  playback.path(),
                  check.firstProblem == null ? "it has no frame" : check.firstProblem));
    }
  }

  @Override
  public void onFrame(long line, long nanos, List<Tick> ticks) {
    found = true;
  }

  @Override
  public void onArrival(Arrival arrival, VendorSession session) {
    found = true;
  }

  @Override
  public void onBadLine(long line, String reason) {
    if (firstProblem == null) {
      firstProblem = line == 0 ? reason : "line %d: %s".formatted(line, reason);
    }
  }

  @Override
  public boolean goesOn() {
    return !found;
  }
}
