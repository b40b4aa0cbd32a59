package dev.tapeline.feed.dhan.packet;

/** Is told what packets hold besides ticks. */
public interface PacketListener {

  /**
   * Something was bad and skipped.
   *
   * @param kind a short word for metrics
   */
  void onFault(String kind, String reason);

  /** The vendor ends the connection for this reason. */
  void onDisconnect(int code);
}
