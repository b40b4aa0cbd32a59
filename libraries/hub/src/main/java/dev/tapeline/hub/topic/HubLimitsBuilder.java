package dev.tapeline.hub.topic;

import dev.tapeline.core.Selector;
import java.time.Duration;
import java.util.List;

/** Builds limits of the hub that differ from the defaults in some values. */
public final class HubLimitsBuilder {

  private static final int MIB = 1 << 20;

  /** Requests that may wait for the logs of durable channels at the same time. */
  private static final int MAX_WAITING = 10_000;

  /** The defaults. */
  public static final Hub.Limits DEFAULT = new HubLimitsBuilder().build();

  private int maxChannels = 100_000;
  private int maxPatternChannels = 10_000;
  private int maxPatterns = 1_000;
  private int ringBytes = 4 * MIB;
  private long ringsTotalBytes = 256L * MIB;
  private int maxPayloadBytes = MIB;
  private Duration slowStep = Duration.ofSeconds(5);
  private List<Selector> urgent = List.of();

  /** Channels whose rings are kept. */
  public HubLimitsBuilder maxChannels(int value) {
    maxChannels = value;
    return this;
  }

  /** Channels that all patterns of one client may match together. */
  public HubLimitsBuilder maxPatternChannels(int value) {
    maxPatternChannels = value;
    return this;
  }

  /** Distinct patterns of all clients. */
  public HubLimitsBuilder maxPatterns(int value) {
    maxPatterns = value;
    return this;
  }

  /** Bytes of a channel's frames that are kept for clients behind, in each encoding. */
  public HubLimitsBuilder ringBytes(int value) {
    ringBytes = value;
    return this;
  }

  /** Bytes of frames of all channels together. */
  public HubLimitsBuilder ringsTotalBytes(long value) {
    ringsTotalBytes = value;
    return this;
  }

  /** The largest publication that is forwarded. */
  public HubLimitsBuilder maxPayloadBytes(int value) {
    maxPayloadBytes = value;
    return this;
  }

  /** How long a client does not keep up before it is set back one step. */
  public HubLimitsBuilder slowStep(Duration value) {
    slowStep = value;
    return this;
  }

  /** Channels whose publications go before all others, and are neither merged nor dropped. */
  public HubLimitsBuilder urgent(List<Selector> value) {
    urgent = List.copyOf(value);
    return this;
  }

  public Hub.Limits build() {
    return new Hub.Limits(
        maxChannels,
        maxPatternChannels,
        maxPatterns,
        MAX_WAITING,
        ringBytes,
        ringsTotalBytes,
        maxPayloadBytes,
        slowStep.toNanos(),
        urgent);
  }
}
