package dev.tapeline.feed.vendor;

import dev.tapeline.market.tick.TickListener;

/**
 * The conversation with one vendor as a state machine: arrivals go in, ticks and requests come out.
 * Owned by the thread of its feed.
 *
 * <p>Ticks depend on arrivals alone, not on time that passes and not on what {@link VendorLink}
 * does, so that a recording of the arrivals gives the same ticks again. {@link Arrival.Time} leads
 * to requests alone: retries, pings, subscriptions that are due.
 */
public interface VendorSession {

  /**
   * Takes an arrival. Each frame or answer that holds market data ends with {@link
   * TickListener#onFrameEnd}; the batch is ended by the caller.
   */
  void onArrival(Arrival arrival, TickListener out);
}
