package dev.tapeline.gateway;

import dev.tapeline.protocols.spi.CloseReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the listener and its connections count. Every field only grows. */
final class GatewayCounters {

  final LongAdder accepted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder postponedByWord = new LongAdder();
  final LongAdder postponedByHttp = new LongAdder();
  final LongAdder relayed = new LongAdder();
  final LongAdder messagesIn = new LongAdder();
  final LongAdder rateLimited = new LongAdder();
  final LongAdder badMessages = new LongAdder();
  final LongAdder connectionErrors = new LongAdder();
  private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);

  GatewayCounters() {
    for (CloseReason reason : CloseReason.values()) {
      closed.put(reason, new LongAdder());
    }
  }

  void closed(CloseReason reason) {
    closedBy(reason).increment();
  }

  LongAdder closedBy(CloseReason reason) {
    return closed.getOrDefault(reason, refused);
  }
}
