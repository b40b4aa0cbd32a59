package dev.tapeline.gateway.meters;

import dev.tapeline.protocols.spi.CloseReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters of the listener and its connections. Each only grows. */
public final class GatewayCounters {

  public final LongAdder accepted = new LongAdder();
  public final LongAdder refused = new LongAdder();
  public final LongAdder postponedByWord = new LongAdder();
  public final LongAdder postponedByHttp = new LongAdder();
  public final LongAdder relayed = new LongAdder();
  public final LongAdder messagesIn = new LongAdder();
  public final LongAdder rateLimited = new LongAdder();
  public final LongAdder badMessages = new LongAdder();
  public final LongAdder connectionErrors = new LongAdder();
  private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);

  public GatewayCounters() {
    for (CloseReason reason : CloseReason.values()) {
      closed.put(reason, new LongAdder());
    }
  }

  public void closed(CloseReason reason) {
    closedBy(reason).increment();
  }

  LongAdder closedBy(CloseReason reason) {
    return closed.getOrDefault(reason, refused);
  }
}
