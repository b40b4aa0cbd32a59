package dev.tapeline.feed.net;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has become of a question to a vendor's host. */
public sealed interface ProbeAnswer {

  /**
   * The host has answered.
   *
   * @param body its beginning
   * @param date the host's clock by the header {@code Date}, in whole seconds; null without one
   * @param sent when the question was sent, by this machine's clock
   * @param received when the answer had come, by the same clock
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Answered(int status, byte[] body, @Nullable Instant date, Instant sent, Instant received)
      implements ProbeAnswer {}

  /**
   * There is no answer.
   *
   * @param reason in plain words, without secrets
   */
  record Failed(String reason) implements ProbeAnswer {}
}
