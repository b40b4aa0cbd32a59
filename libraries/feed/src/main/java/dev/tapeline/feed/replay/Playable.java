package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FrameDecoder;
import dev.tapeline.market.tick.Tick;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that a recording has a line that can be played, before anything depends on it. */
final class Playable implements RecordingPlayer.Sink {

  private boolean found;
  private @Nullable String firstProblem;

  private Playable() {}

  /**
   * @throws FeedException if there is none, with the first thing that is wrong
   */
  static void check(Recording recording, FrameDecoder decoder) {
    Playable playable = new Playable();
    try {
      new RecordingPlayer(recording, decoder).play(playable);
    } catch (IOException e) {
      throw new FeedException(
          "the recording %s can't be read: %s".formatted(recording.path(), e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FeedException("interrupted while reading " + recording.path(), e);
    }
    if (!playable.found) {
      throw new FeedException(
          "no line of the recording %s can be played: %s"
              .formatted(
                  recording.path(),
                  playable.firstProblem == null ? "it has no frame" : playable.firstProblem));
    }
  }

  @Override
  public void onFrame(long line, long nanos, List<Tick> ticks) {
    found = true;
  }

  @Override
  public void onBadLine(long line, String reason) {
    if (firstProblem == null) {
      firstProblem = "line %d: %s".formatted(line, reason);
    }
  }

  @Override
  public boolean goesOn() {
    return !found;
  }
}
