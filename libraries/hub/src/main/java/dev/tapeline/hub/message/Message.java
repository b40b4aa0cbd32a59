package dev.tapeline.hub.message;

import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import java.util.concurrent.TimeUnit;

/**
 * A numbered publication of one epoch of a channel.
 *
 * @param seq its number; 0 for a value from before the epoch began
 * @param receivedMillis when this node received it, epoch milliseconds UTC
 * @param receivedNanos the same on the monotonic clock
 */
public record Message(
    long seq, Payload payload, Stamps stamps, long receivedMillis, long receivedNanos) {

  /** A publication of a durable channel, under its own number. */
  public static Message of(Publication publication, long millis, long nanos) {
    Position position = publication.position();
    if (position == null) {
      throw new IllegalArgumentException("not from a log: " + publication.channel());
    }
    return new Message(
        position.seq(), Payload.of(publication.payload()), publication.stamps(), millis, nanos);
  }

  /**
   * When the system first received it, on this node's monotonic clock: its ingest stamp, or when it
   * came here if it has none or one of the future.
   */
  public long originNanos() {
    long ingest = stamps.ingest();
    return ingest == 0 || ingest >= receivedMillis
        ? receivedNanos
        : receivedNanos - TimeUnit.MILLISECONDS.toNanos(receivedMillis - ingest);
  }
}
