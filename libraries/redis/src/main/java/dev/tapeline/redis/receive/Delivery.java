package dev.tapeline.redis.receive;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import org.jspecify.annotations.Nullable;

/**
 * Delivers publications and positions to the bus's listener, and moves offsets accordingly. Owned
 * by the thread that delivers.
 */
final class Delivery {

  private Bus.Listener listener = Bus.Listener.DEAF;

  void to(Bus.Listener newest) {
    listener = newest;
  }

  /** Delivers the next publication. */
  void pass(ChannelOffset offset, Broadcast.Item item) {
    offset.move(item.position());
    listener.onPublication(item.publication());
  }

  /** Moves a channel to another position without delivering what lies between. */
  void jump(ChannelOffset offset, String epoch, long seq) {
    offset.move(epoch, seq);
    tell(offset, null);
  }

  /** Tells the position of a channel. */
  void tell(ChannelOffset offset, @Nullable Publication newest) {
    listener.onPosition(offset.channel(), offset.position(), newest);
  }
}
