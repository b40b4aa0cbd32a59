package dev.tapeline.simulate.dhan;

import dev.tapeline.simulate.control.SimulatorOptions;
import java.time.Duration;

/**
 * What the simulator of Dhan is told.
 *
 * @param account who may connect
 * @param pace of its sockets
 * @param packed whether packets that leave together share a WebSocket message
 * @param previousCloses which instruments get a packet with their previous close
 * @param limits whether REST calls are limited in number
 * @param offHours whether REST answers as at night: zeros and empty maps
 */
public record DhanOptions(
    SimulatorOptions common,
    DhanAccount account,
    Pace pace,
    boolean packed,
    PreviousCloses previousCloses,
    boolean limits,
    boolean offHours) {

  /** Which instruments get code 6 when they are subscribed to. */
  public enum PreviousCloses {
    /** Indices alone, as measured; others have it as the close of Quote and Full. */
    INDICES,
    /** All, as documented. */
    ALL
  }

  /**
   * The pace of the sockets.
   *
   * @param conflation the time between two packets of an instrument; zero for each change
   * @param ping the time between two pings
   * @param patience how long a client may leave them unanswered
   */
  public record Pace(Duration conflation, Duration ping, Duration patience) {

    static final Pace USUAL =
        new Pace(Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofSeconds(40));
  }

  /** As Dhan itself, on any ports of this machine. */
  public static DhanOptions usual() {
    return of(SimulatorOptions.usual());
  }

  public static DhanOptions of(SimulatorOptions common) {
    return new DhanOptions(
        common, DhanAccount.USUAL, Pace.USUAL, false, PreviousCloses.INDICES, true, false);
  }

  public DhanOptions with(SimulatorOptions other) {
    return new DhanOptions(other, account, pace, packed, previousCloses, limits, offHours);
  }

  public DhanOptions with(DhanAccount other) {
    return new DhanOptions(common, other, pace, packed, previousCloses, limits, offHours);
  }

  public DhanOptions with(Pace other) {
    return new DhanOptions(common, account, other, packed, previousCloses, limits, offHours);
  }

  public DhanOptions with(PreviousCloses which) {
    return new DhanOptions(common, account, pace, packed, which, limits, offHours);
  }

  public DhanOptions packed(boolean together) {
    return new DhanOptions(common, account, pace, together, previousCloses, limits, offHours);
  }

  public DhanOptions limited(boolean limited) {
    return new DhanOptions(common, account, pace, packed, previousCloses, limited, offHours);
  }

  public DhanOptions offHours(boolean night) {
    return new DhanOptions(common, account, pace, packed, previousCloses, limits, night);
  }
}
