package dev.tapeline.gateway.hub;

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

  /**
   * When the system first received it, on this node's monotonic clock: its ingest stamp, or when it
   * came here if it has none or one of the future.
   */
  long originNanos() {
    long ingest = stamps.ingest();
    return ingest == 0 || ingest >= receivedMillis
        ? receivedNanos
        : receivedNanos - TimeUnit.MILLISECONDS.toNanos(receivedMillis - ingest);
  }
}
