package dev.tapeline.server.runtime;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listener of a process that publishes only. */
final class Deaf implements Bus.Listener {

  @Override
  public void onSubscribed(Selector selector, List<Publication> last) {}

  @Override
  public void onPublication(Publication publication) {}

  @Override
  public void onPosition(String channel, Position position, @Nullable Publication newest) {}

  @Override
  public void onState(Bus.State state) {}
}
