package dev.tapeline.core;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One message on one channel. The payload is never changed after construction and is not copied:
 * the caller must not write to it again.
 *
 * @param position in the log of a durable channel; null on a plain channel, which the receiving
 *     node numbers itself
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never compared
public record Publication(
    String channel, byte[] payload, Stamps stamps, @Nullable Position position) {

  public static Publication of(String channel, byte[] payload) {
    return new Publication(channel, payload, Stamps.NONE, null);
  }

  public static Publication of(String channel, String payload) {
    return of(channel, payload.getBytes(StandardCharsets.UTF_8));
  }

  public static Publication of(String channel, byte[] payload, Stamps stamps) {
    return new Publication(channel, payload, stamps, null);
  }

  /** The same publication, at a place in its channel's log. */
  public Publication at(Position place) {
    return new Publication(channel, payload, stamps, place);
  }

  /** The payload read as UTF-8, for logs and tests. */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return channel + " " + text();
  }
}
