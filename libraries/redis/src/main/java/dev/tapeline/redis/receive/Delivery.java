package dev.tapeline.redis.receive;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import org.jspecify.annotations.Nullable;

/** Moves offsets and tells the bus's listener of it. Owned by the thread that delivers. */
final class Delivery {

  private Bus.Listener listener = Bus.Listener.DEAF;

  void to(Bus.Listener newest) {
    listener = newest;
  }

  /** Delivers the publication that follows. */
  void pass(ChannelOffset offset, Broadcast.Item item) {
    offset.move(item.position());
    listener.onPublication(item.publication());
  }

  /** Puts a channel elsewhere. */
  void jump(ChannelOffset offset, String epoch, long seq) {
    offset.move(epoch, seq);
    tell(offset, null);
  }

  /** Tells where a channel stands. */
  void tell(ChannelOffset offset, @Nullable Publication newest) {
    listener.onPosition(offset.channel(), offset.position(), newest);
  }
}
