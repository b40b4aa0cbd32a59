package dev.tapeline.hub.slow;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.FrameRate;
import dev.tapeline.hub.frame.Mode;
import dev.tapeline.hub.frame.Options;
import java.util.Locale;

/** The tiers of the ladder: what a client that does not keep up still gets. */
public enum Tier {
  /** What it asked for. */
  AS_ASKED,
  /** The newest only, of channels whose kind allows it. */
  LATEST,
  /** The newest only, once a second at most. */
  SLOWER,
  /** Nothing of these channels, until it keeps up again. */
  SNAPSHOT,
  /** The end of its connection. */
  CLOSED;

  /** The most frames a second from the tier {@link #SLOWER} down. */
  private static final FrameRate SLOW_RATE = FrameRate.of(1);

  /** The word for administrators. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * The options that a client at this tier gets for those it asked for.
   *
   * @param mayBeLatest whether publications of the channel may be merged
   */
  public Options limit(Options asked, ChannelKind kind, boolean mayBeLatest) {
    Options left = left(asked, kind, mayBeLatest);
    return left.equals(asked) ? asked : left; // each of many subscriptions keeps one
  }

  private Options left(Options asked, ChannelKind kind, boolean mayBeLatest) {
    Envelope allowed = kind.allowsDeltas() ? asked.envelope() : asked.envelope().whole();
    if (!mayBeLatest) {
      return Options.all(asked.snapshot(), allowed);
    }
    FrameRate rate = asked.maxRate();
    return switch (this) {
      case AS_ASKED -> new Options(asked.mode(), rate, asked.snapshot(), allowed);
      case LATEST -> new Options(Mode.LATEST, rate, asked.snapshot(), allowed);
      case SLOWER, SNAPSHOT, CLOSED ->
          new Options(Mode.LATEST, rate.atMost(SLOW_RATE), asked.snapshot(), allowed);
    };
  }

  public Tier down() {
    return switch (this) {
      case AS_ASKED -> LATEST;
      case LATEST -> SLOWER;
      case SLOWER -> SNAPSHOT;
      case SNAPSHOT, CLOSED -> CLOSED;
    };
  }

  public Tier up() {
    return switch (this) {
      case AS_ASKED, LATEST -> AS_ASKED;
      case SLOWER -> LATEST;
      case SNAPSHOT -> SLOWER;
      case CLOSED -> CLOSED;
    };
  }
}
