package dev.tapeline.feed.replay;

import java.io.IOException;
import java.nio.file.Path;

/** Something on disk that can be played from its beginning, over and over. */
public interface Playback {

  /** The file, for messages. */
  Path path();

  /** Plays it once, to its end or until the sink does not go on. */
  void play(PlaybackSink sink) throws IOException, InterruptedException;
}
