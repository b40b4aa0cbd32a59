package dev.tapeline.bench.vendor;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time at which a packet was sent, as the volume of its instrument: it grows with each trade,
 * and reaches the client in every market tick. The unit is 10 µs since the start of a run, so that
 * the 32 bits of a packet last for eleven hours. All processes share the clock of this machine.
 */
final class SentTime {

  static final int UNIT_MICROS = 10;

  private SentTime() {}

  static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  /** The volume that says "now". */
  static long volume(long startMicros) {
    return (nowMicros() - startMicros) / UNIT_MICROS;
  }
}
