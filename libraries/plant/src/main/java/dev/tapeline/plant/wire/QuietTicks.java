package dev.tapeline.plant.wire;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Finds the instruments whose newest market tick the cache would soon forget, because nothing has
 * changed for minutes: a client that comes then is to get it all the same. Owned by the market's
 * thread.
 */
final class QuietTicks {

  /** From when on an instrument is quiet; well before its list in the cache expires. */
  static final long QUIET_MILLIS = 180_000;

  /** How often all instruments are looked through. */
  static final long LOOK_MILLIS = 60_000;

  /** How many are kept at the end of one batch. */
  static final int AT_ONCE = 500;

  private final Collection<InstrumentChannels> all;
  private final Queue<InstrumentChannels> due = new ArrayDeque<>();
  private long nextLook;

  /**
   * @param all the instruments, which may become more
   */
  QuietTicks(Collection<InstrumentChannels> all) {
    this.all = all;
  }

  /**
   * Passes on the instruments whose tick is to be written again now.
   *
   * @param now epoch ms UTC
   */
  void keep(long now, Consumer<InstrumentChannels> again) {
    if (now >= nextLook) {
      nextLook = now + LOOK_MILLIS;
      due.clear();
      all.stream().filter(channels -> isQuiet(channels, now)).forEach(due::add);
    }
    for (int i = 0; i < AT_ONCE && !due.isEmpty(); i++) {
      InstrumentChannels next = due.remove();
      if (isQuiet(next, now)) {
        again.accept(next);
      }
    }
  }

  /** Forgets what was found, as all instruments are gone. */
  void startOver() {
    due.clear();
  }

  private static boolean isQuiet(InstrumentChannels channels, long now) {
    return channels.tickCachedAt > 0 && now - channels.tickCachedAt >= QUIET_MILLIS;
  }
}
