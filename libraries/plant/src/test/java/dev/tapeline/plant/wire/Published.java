package dev.tapeline.plant.wire;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects all that is published on an embedded bus, on the publishing thread. */
public final class Published implements Bus.Listener {

  private final List<Publication> publications = new ArrayList<>();

  /** Collects from now on. */
  public static Published on(Bus bus) {
    Published published = new Published();
    bus.start(published);
    bus.subscribe(Selector.parse("*"));
    return published;
  }

  @Override
  public void onSubscribed(Selector selector, List<Publication> last) {}

  @Override
  public void onPublication(Publication publication) {
    publications.add(publication);
  }

  @Override
  public void onPosition(String channel, Position position, @Nullable Publication newest) {}

  @Override
  public void onState(Bus.State state) {}

  public List<Publication> all() {
    return publications;
  }

  public List<String> channels() {
    return publications.stream().map(Publication::channel).toList();
  }

  /** The payloads on one channel. */
  public List<String> on(String channel) {
    return publications.stream()
        .filter(publication -> publication.channel().equals(channel))
        .map(Publication::text)
        .toList();
  }

  public void clear() {
    publications.clear();
  }
}
