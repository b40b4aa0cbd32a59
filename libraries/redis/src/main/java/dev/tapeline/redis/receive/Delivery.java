package dev.tapeline.redis.receive;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import org.jspecify.annotations.Nullable;

/** Moves tracks and tells the bus's listener of it. Owned by the thread that delivers. */
final class Delivery {

  private Bus.Listener listener = Bus.Listener.DEAF;

  void to(Bus.Listener newest) {
    listener = newest;
  }

  /** Delivers the publication that follows. */
  void pass(Track track, Bulletin.Item item) {
    track.move(item.position());
    listener.onPublication(item.publication());
  }

  /** Puts a channel elsewhere. */
  void jump(Track track, String epoch, long seq) {
    track.move(epoch, seq);
    tell(track, null);
  }

  /** Tells where a channel stands. */
  void tell(Track track, @Nullable Publication newest) {
    listener.onPosition(track.channel(), track.position(), newest);
  }
}
